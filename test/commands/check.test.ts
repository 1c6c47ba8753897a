// What check prints where, and when it fails.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { runHere } from './command-line.ts';

const fixture = resolve(import.meta.dirname, '../fixtures/commands/check');

interface CheckDocument {
  summary: Record<string, unknown>;
  findings: { rule: string; file: string; line: number; known?: boolean }[];
}

describe('check', () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'dorgu-check-'));
    cpSync(fixture, cwd, { recursive: true });
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));
  const run = (...argv: string[]) => runHere(['check', ...argv], { cwd });
  const read = (path: string) => readFileSync(join(cwd, path), 'utf8');
  const edit = (path: string, from: string, to: string) =>
    writeFileSync(join(cwd, path), read(path).replace(from, to));
  /** A warning and an error. */
  const breakWeb = () => {
    edit('k8s/web/deployment.yaml', 'runAsNonRoot: true', 'runAsNonRoot: false');
    edit('k8s/web/deployment.yaml', 'readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false');
  };

  it('has nothing to say on stdout where nothing is wrong', async () => {
    expect(await run('-R', 'k8s')).to.deep.equal({
      code: 0,
      stdout: '',
      stderr: 'no findings in 2 files, 2 objects, 1 of 1 workload judged, 1 persona\n',
    });
  });

  it('groups findings by file, with places, suggestions and a summary', async () => {
    breakWeb();
    const { code, stdout, stderr } = await run('k8s', '-R');
    expect(code).to.equal(1);
    expect(stdout.split('\n').map((line) => line.trim().split(/ {2,}/))).to.deep.equal([
      ['k8s/web/deployment.yaml'],
      [
        '32:11',
        'error',
        'security/run-as-non-root',
        'Deployment/web',
        'container web: runAsNonRoot is false, true expected',
      ],
      ['runAsNonRoot: true'],
      [
        '34:13',
        'warning',
        'security/read-only-root',
        'Deployment/web',
        'container web: readOnlyRootFilesystem is false, true expected',
      ],
      ['readOnlyRootFilesystem: true, and an emptyDir volume mounted at /tmp if it writes there'],
      [''],
    ]);
    expect(stderr).to.equal(
      '\n1 error, 1 warning in 2 files, 2 objects, 1 of 1 workload judged, 1 persona\n',
    );
  });

  const thresholds = {
    error: { clean: 0, warning: 0, error: 1 },
    warning: { clean: 0, warning: 1, error: 1 },
    info: { clean: 0, warning: 1, error: 1 },
    never: { clean: 0, warning: 0, error: 0 },
  };
  for (const [threshold, codes] of Object.entries(thresholds)) {
    it(`fails with --fail-on ${threshold} from there on, in every format`, async () => {
      const states = {
        clean: () => undefined,
        warning: () =>
          edit('k8s/web/deployment.yaml', 'readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false'),
        error: breakWeb,
      };
      for (const [state, change] of Object.entries(states)) {
        change();
        for (const format of ['table', 'json', 'yaml', 'sarif', 'junit', 'github']) {
          const { code } = await run('-R', 'k8s', '--fail-on', threshold, '-o', format);
          expect(code, `${state} ${format}`).to.equal(codes[state as keyof typeof codes]);
        }
      }
    });
  }

  it('prints one document for programs, on stdout alone', async () => {
    breakWeb();
    const json = JSON.parse((await run('-R', 'k8s', '-o', 'json')).stdout) as CheckDocument;
    expect(json.summary).to.include({
      files: 2,
      workloads: 1,
      judged: 1,
      error: 1,
      warning: 1,
      passed: false,
    });
    expect(json.findings[0]).to.include({
      rule: 'security/run-as-non-root',
      file: 'k8s/web/deployment.yaml',
    });
    expect(parse((await run('-R', 'k8s', '-o', 'yaml')).stdout)).to.deep.equal(json);
    expect(JSON.parse((await run('-R', 'k8s', '-o', 'sarif')).stdout)).to.have.property('version', '2.1.0');
    expect((await run('-R', 'k8s', '-o', 'junit')).stdout).to.match(/^<\?xml /);
    expect((await run('-R', 'k8s', '-o', 'github')).stdout).to.match(
      /^::error file=k8s\/web\/deployment\.yaml,line=/,
    );
  });

  it('counts only what is new beside a baseline', async () => {
    breakWeb();
    const written = await run('-R', 'k8s', '--write-baseline', 'ci/known.json');
    expect(written.code).to.equal(0);
    expect(written.stderr).to.match(/2 findings written to ci\/known\.json\n$/);
    const { code, stdout, stderr } = await run(
      '-R',
      'k8s',
      '--baseline',
      'ci/known.json',
      '--fail-on',
      'info',
    );
    expect({ code, stdout }).to.deep.equal({ code: 0, stdout: '' });
    expect(stderr).to.match(/^no findings, 2 known from the baseline in /);
    edit('k8s/web/deployment.yaml', ':1.4.2', ':latest');
    const later = await run('-R', 'k8s', '--baseline', 'ci/known.json', '--fail-on', 'warning', '-o', 'json');
    expect(later.code).to.equal(1);
    const { findings } = JSON.parse(later.stdout) as CheckDocument;
    expect(findings.filter(({ known }) => known !== true).map(({ rule }) => rule)).to.deep.equal([
      'image/tag',
    ]);
  });

  it('reads stdin, with a persona beside it', async () => {
    breakWeb();
    const stdin = `---\n# Source: shop/templates/web.yaml\n${read('k8s/web/deployment.yaml')}`;
    const { code, stdout } = await runHere(['check', '-', '--persona', 'persona.yaml', '-o', 'github'], {
      cwd,
      stdin,
    });
    expect(code).to.equal(1);
    expect(stdout).to.match(
      /^::error file=shop\/templates\/web\.yaml,title=security\/run-as-non-root::Deployment\/web: /,
    );
  });

  it('takes files as arguments, after -f, and several of them', async () => {
    const outcomes = await Promise.all([
      run('k8s/persona.yaml', 'k8s/web/deployment.yaml'),
      run('-f', 'k8s/persona.yaml', '-f', 'k8s/web/deployment.yaml'),
      run('k8s/persona.yaml', '-f=k8s/web'),
    ]);
    for (const { stderr } of outcomes)
      expect(stderr).to.match(/^no findings in 2 files, 2 objects, 1 of 1 workload/);
  });

  it('says which folders it did not enter', async () => {
    const { code, stderr } = await run('k8s');
    expect(code).to.equal(0);
    expect(stderr)
      .to.match(/^1 folder below not entered \(-R\): k8s\/web\n/)
      .and.match(/personas without a workload: ApplicationPersona\/web\n/);
  });

  it('goes on after a file that it cannot read', async () => {
    writeFileSync(join(cwd, 'k8s/broken.yaml'), 'apiVersion: v1\nkind: "\n');
    breakWeb();
    const { code, stdout } = await run('-R', 'k8s');
    expect(code).to.equal(1);
    expect(stdout)
      .to.match(/^k8s\/broken\.yaml\n +\d+:\d+ +error +manifest\/unreadable /)
      .and.contain('security/run-as-non-root');
  });

  it('shows what a terminal would obey', async () => {
    edit('k8s/web/deployment.yaml', 'name: web\n          image', 'name: "\\e[31m\\u202ex"\n          image');
    breakWeb();
    for (const format of ['table', 'json', 'yaml', 'sarif', 'junit', 'github'])
      expect((await run('-R', 'k8s', '-o', format)).stdout, format).not.to.match(/[^\P{Cc}\n]|\u202e/u);
  });

  const refusals: Record<string, { argv: string[]; code: number; message: RegExp }> = {
    'nothing to check': { argv: [], code: 2, message: /expected a file, a folder or -, found none/ },
    'a file that is not there': {
      argv: ['gone.yaml'],
      code: 2,
      message: /there is no file or folder "gone\.yaml"\nhint: /,
    },
    'a folder without manifests': {
      argv: ['empty'],
      code: 1,
      message: /expected manifests of Kubernetes, found none\nhint: /,
    },
    'an empty stdin': {
      argv: ['-'],
      code: 1,
      message: /expected manifests of Kubernetes, found none\nhint: /,
    },
    'a persona that is not there': {
      argv: ['k8s', '--persona', 'gone'],
      code: 2,
      message: /no file or folder "gone"/,
    },
    'a persona that is none': {
      argv: ['-R', 'k8s', '--persona', 'k8s/web/deployment.yaml'],
      code: 1,
      message: /expected ApplicationPersona in k8s\/web\/deployment\.yaml, found none\nhint: /,
    },
    'a ClusterPersona that is none': {
      argv: ['-R', 'k8s', '--cluster-persona', 'persona.yaml'],
      code: 1,
      message: /expected ClusterPersona in persona\.yaml, found none\nhint: /,
    },
    'a baseline that is not there': {
      argv: ['k8s', '--baseline', 'gone'],
      code: 2,
      message: /there is no baseline "gone"\nhint: /,
    },
    'a baseline that is none': {
      argv: ['k8s', '--baseline', 'persona.yaml'],
      code: 1,
      message: /persona\.yaml: expected JSON\nhint: /,
    },
    'a threshold that is none': {
      argv: ['k8s', '--fail-on', 'fatal'],
      code: 2,
      message: /expected error, warning, info, never/,
    },
  };
  for (const [title, { argv, code, message }] of Object.entries(refusals)) {
    it(`refuses ${title}`, async () => {
      writeFileSync(join(cwd, 'notes.txt'), '');
      cpSync(join(cwd, 'notes.txt'), join(cwd, 'empty/notes.txt'), { recursive: true });
      const outcome = await run(...argv);
      expect(outcome.stderr).to.match(message);
      expect(outcome.code).to.equal(code);
      expect(existsSync(join(cwd, 'gone'))).to.equal(false);
    });
  }

  it('prints the error as a document where programs read', async () => {
    const { code, stdout } = await run('gone.yaml', '-o', 'json');
    expect(code).to.equal(2);
    expect(JSON.parse(stdout)).to.have.nested.property('error.code', 'PathMissing');
  });
});
