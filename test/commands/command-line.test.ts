// What a person and a script see of the program: streams, exit codes, errors.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { runHere, runLauncher, type Outcome } from './command-line.ts';

describe('the command line', () => {
  let folder: string;
  let home: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-cli-'));
    home = join(folder, 'home');
    mkdirSync(home);
    mkdirSync(join(folder, 'app'));
    writeFileSync(join(folder, 'app/package.json'), '{"name":"app","scripts":{"start":"node server.js"}}');
    writeFileSync(join(folder, 'app/server.js'), "require('http').createServer().listen(3000);\n");
    mkdirSync(join(folder, 'bad'));
    writeFileSync(join(folder, 'bad/.dorgu.yaml'), 'version: "1"\nscaling:\n  min_replcas: 2\n');
    mkdirSync(join(folder, 'empty'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  const run = (argv: string[], env: Record<string, string> = {}): Promise<Outcome> =>
    runHere(argv, { cwd: folder, home, env });

  const refusals: Record<string, [argv: string[], code: number, message: RegExp, hint: RegExp]> = {
    'an unknown command names the nearest': [
      ['genrate'],
      2,
      /unknown command "genrate" for "kubectl dorgu"/,
      /did you mean kubectl dorgu generate\?/,
    ],
    'an unknown command below a topic, too': [
      ['config', 'gett'],
      2,
      /unknown command "gett" for "kubectl dorgu config"/,
      /did you mean kubectl dorgu config get\?/,
    ],
    'an unknown flag names the nearest': [
      ['version', '--outptu', 'x'],
      2,
      /unknown flag: --outptu/,
      /did you mean --output\?/,
    ],
    'an unknown flag before the command': [
      ['--bogus', 'version'],
      2,
      /unknown flag: --bogus/,
      /kubectl dorgu version -h/,
    ],
    'an unknown flag alone': [['--bogus'], 2, /unknown flag: --bogus/, /-h/],
    'a format that there is not': [
      ['version', '-o', 'xml'],
      2,
      /invalid value "xml" for -o: expected text, json, yaml/,
      /-h/,
    ],
    'a word too many': [['version', 'now'], 2, /unexpected argument "now"/, /kubectl dorgu version -h/],
    'a missing argument': [['config', 'get'], 2, /missing argument: KEY/, /kubectl dorgu config get -h/],
    'a verbosity that is no number': [
      ['version', '-v', 'loud'],
      2,
      /invalid value for --verbosity: Expected an integer/,
      /-h/,
    ],
    'a value and none at all': [['config', 'set', 'registry'], 2, /expected either a value or --unset/, /-h/],
    'a key that there is not': [
      ['config', 'set', 'registri', 'x'],
      2,
      /unknown key "registri"/,
      /did you mean registry\?/,
    ],
    "an application's key": [['config', 'set', 'host', 'x'], 2, /unknown key "host"/, /\.dorgu\.yaml/],
    'a value that the key cannot have': [
      ['config', 'set', 'format', 'jsonnet'],
      2,
      /defaults\.format: expected one of kustomize, plain, helm, found "jsonnet"/,
      /kubectl dorgu config set/,
    ],
    'a quantity that is none': [
      ['config', 'set', 'resources.requests.cpu', 'abc'],
      2,
      /expected a quantity such as 250m.*found "abc"/,
      /kubectl dorgu config set/,
    ],
    'a setting that nobody set': [
      ['config', 'get', 'registry'],
      1,
      /registry is not set/,
      /config set registry/,
    ],
    'a path that is not there': [['analyze', 'nowhere'], 2, /nowhere/, /./],
    'a path that is a file': [['analyze', 'app/server.js'], 2, /server\.js/, /./],
    'a folder without an application': [['analyze', 'empty'], 1, /no application/, /./],
    'a settings file that is there already': [
      ['init', 'bad', '-y'],
      6,
      /bad\/\.dorgu\.yaml is there already/,
      /--force/,
    ],
    'a folder to initialise that is not there': [
      ['init', 'nowhere', '-y'],
      2,
      /expected a folder, found nothing: nowhere/,
      /init PATH/,
    ],
  };
  for (const [title, [argv, code, message, hint]] of Object.entries(refusals)) {
    it(`refuses ${title}, in words on stderr`, async () => {
      const outcome = await run(argv);
      expect(outcome.stderr)
        .to.match(/^error: /)
        .and.match(message);
      expect(outcome.stderr.split('\n').find((line) => line.startsWith('hint: ')) ?? '').to.match(hint);
      expect(outcome.stderr).not.to.match(/\n\s+at /);
      expect([outcome.code, outcome.stdout]).to.deep.equal([code, '']);
    });

    it(`refuses ${title}, as one document with -o json and -o yaml`, async () => {
      // The order of the two matters to no one but pflag: the last one counts.
      for (const [format, read] of [
        ['json', JSON.parse],
        ['yaml', parse],
      ] as const) {
        const outcome = await run([...argv, '-o', format]);
        const { error } = (read as (text: string) => unknown)(outcome.stdout) as {
          error: Record<string, string>;
        };
        expect(error['code']).to.match(/^[A-Z][A-Za-z]+$/);
        expect(error['message']).to.be.a('string').and.not.equal('');
        expect(outcome.code).to.be.oneOf([code, 2]);
        expect(outcome.stderr).to.equal('');
      }
    });
  }

  it('shows what there is without a command, with -h, and with help', async () => {
    const outcomes = await Promise.all([run([]), run(['-h']), run(['--help']), run(['help'])]);
    expect(outcomes[0].stdout).to.contain('Usage: kubectl dorgu COMMAND [flags]');
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).to.equal(1);
    expect(outcomes[0]).to.include({ code: 0, stderr: '' });
  });

  it('takes global flags before and after the command', async () => {
    for (const argv of [
      ['-v', '3', 'version'],
      ['version', '-v=3'],
      ['--color=never', 'version'],
      ['--color', 'never', 'config', '-v3', 'path'],
    ]) {
      expect(await run(argv), argv.join(' ')).to.include({ code: 0, stderr: '' });
    }
  });

  it("takes a command's own flags before its name", async () => {
    const { stdout } = await run(['-o', 'json', 'version', '--client']);
    expect(JSON.parse(stdout)).to.have.nested.property('clientVersion.version');
  });

  it('names line and column of a wrong setting, whatever command meets it', async () => {
    const { code, stderr } = await runHere(['config', 'list'], { cwd: join(folder, 'bad'), home });
    expect(stderr).to.equal(
      'error: .dorgu.yaml:3:3: unknown key "scaling.min_replcas"\nhint: did you mean min_replicas?\n',
    );
    expect(code).to.equal(1);
  });

  it('adds a stack with -v 6 only', async () => {
    const quiet = await run(['config', 'get', 'registry', '-v', '5']);
    const loud = await run(['config', 'get', 'registry', '-v6']);
    expect(quiet.stderr).not.to.match(/\n {4}at /);
    expect(loud.stderr).to.match(/\n {4}at /);
  });

  it('colours errors when told to, and never by itself in a pipe', async () => {
    expect((await run(['nope'])).stderr).not.to.contain('\x1b');
    expect((await run(['--color=always', 'nope'])).stderr).to.contain('\x1b[31merror:\x1b[39m');
    expect((await run(['nope'], { FORCE_COLOR: '1' })).stderr).to.contain('\x1b[31m');
    expect((await run(['nope', '--color=never'], { FORCE_COLOR: '1' })).stderr).not.to.contain('\x1b');
    expect((await run(['nope'], { FORCE_COLOR: '1', NO_COLOR: '1' })).stderr).not.to.contain('\x1b');
  });

  it('lets nothing foreign control the terminal', async () => {
    const { stderr } = await run(['\x1b[31m\u202egro\nhint: rm -rf /\x07']);
    expect(stderr.split('\n').filter((line) => line !== '')).to.have.length(2);
    for (const harmful of ['\x1b', '\x07', '\u202e']) expect(stderr).not.to.contain(harmful);
  });

  it('keeps what was set, with its comments, readable by its owner only', async () => {
    await run(['config', 'set', 'registry', 'ghcr.io/acme']);
    const { stdout } = await run(['config', 'path']);
    const path = stdout.trim();
    expect(path).to.equal(join(home, '.config/dorgu/config.yaml'));
    writeFileSync(path, `${readFileSync(path, 'utf8')}# mine\n`);
    await run(['config', 'set', 'llm.api_key', 'sk-0123456789abcdef']);
    const text = readFileSync(path, 'utf8');
    expect(text).to.contain('# mine').and.contain('registry: ghcr.io/acme');
    expect(statSync(path).mode & 0o777).to.equal(0o600);
    const list = await run(['config', 'list']);
    expect(list.stdout)
      .to.match(/^llm\.api_key +\*{8}cdef /m)
      .and.not.contain('0123456789');
    expect((await run(['config', 'get', 'registry', '-o', 'json'])).stdout).to.contain('config.yaml:');
    await run(['config', 'set', 'llm.api_key', '--unset']);
    expect((await run(['config', 'get', 'llm.api_key'])).code).to.equal(1);
  });

  it('writes a settings file that holds what was said and loads', async () => {
    const argv = ['init', 'app', '--team', 'a: b #c', '--tier', 'critical', '-n', 'store'];
    const written = await run(argv);
    expect(written).to.deep.equal({
      code: 0,
      stdout: '',
      stderr: 'Written: app/.dorgu.yaml\nNext: kubectl dorgu generate app\n',
    });
    const { stdout } = await runHere(['config', 'list', '-o', 'json'], { cwd: join(folder, 'app'), home });
    const { settings } = JSON.parse(stdout) as {
      settings: { key: string; value: unknown; source: string }[];
    };
    const found = Object.fromEntries(settings.map(({ key, value }) => [key, value]));
    expect(found).to.include({ name: 'app', team: 'a: b #c', tier: 'critical', namespace: 'store' });
    expect((await run(argv)).code).to.equal(6);
    expect((await run([...argv, '--force'])).code).to.equal(0);
  });

  it('prints data to stdout and remarks to stderr', async () => {
    const { stdout, code } = await run(['analyze', 'app']);
    expect(code).to.equal(0);
    expect(stdout.split('\n')[0]).to.match(/^COMPONENT +KIND +LANGUAGE +FRAMEWORK +PORT +PROBES +START$/);
    const { components, conflicts } = JSON.parse(
      (await run(['analyze', 'app', '-o', 'json'])).stdout,
    ) as Record<string, { ports: { value: number }[] }[]>;
    expect(components?.[0]?.ports[0]?.value).to.equal(3000);
    expect(conflicts).to.be.an('array');
  });

  it('does the same in a process of its own', async () => {
    expect(await runLauncher(['version', '--client'])).to.deep.equal({
      code: 0,
      stdout: 'Client Version: v0.1.0\n',
      stderr: '',
    });
    expect((await runLauncher(['nope'])).code).to.equal(2);
  });
});
