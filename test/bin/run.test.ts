// The launchers: whatever the folder, the link, the Node and the reader.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { expect } from 'chai';
import { commandLine, launchers, runLauncher } from '../commands/command-line.ts';

describe('the launcher', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-bin-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('runs through a link of another name, from another folder', async () => {
    const link = join(folder, 'kubectl-dorgu');
    symlinkSync(launchers.dev, link);
    expect(await runLauncher(['version'], { cwd: folder }, link)).to.deep.equal({
      code: 0,
      stdout: 'Client Version: v0.1.0\n',
      stderr: '',
    });
  });

  /** A copy of run.js beside what it may find. */
  const install = (name: string, files: Record<string, string>) => {
    const root = join(folder, name);
    mkdirSync(join(root, 'bin'), { recursive: true });
    cpSync(launchers.run, join(root, 'bin/run.js'));
    for (const [path, text] of Object.entries({ 'package.json': '{"type":"module"}', ...files })) {
      mkdirSync(join(root, path, '..'), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return join(root, 'bin/run.js');
  };
  const says = (text: string) =>
    `export const main = (argv) => console.log(${JSON.stringify(text)}, argv.join(' '));`;

  it('takes what was built where it is there, else the source', async () => {
    const source = { 'src/commands/main.ts': says('source') };
    const both = install('both', { ...source, 'dist/launch.js': says('built') });
    const only = install('only', source);
    expect((await runLauncher(['a', '-b'], {}, both)).stdout).to.equal('built a -b\n');
    expect((await runLauncher(['a', '-b'], {}, only)).stdout).to.equal('source a -b\n');
  });

  it('does not hide a build that is broken', async () => {
    const broken = install('broken', {
      'src/commands/main.ts': says('source'),
      'dist/launch.js': "import './gone.js';",
    });
    const { code, stdout, stderr } = await runLauncher([], {}, broken);
    expect(code).not.to.equal(0);
    expect(stdout).to.equal('');
    expect(stderr).to.contain('gone.js');
  });

  it('can be read by a Node that knows modules and little else', () => {
    const text = readFileSync(launchers.run, 'utf8');
    expect(() => new Script(text.replace(/^#!.*/, ''))).not.to.throw();
    // No import or export, no async, no arrow, no let: nothing that is younger than the Node it has to talk to.
    expect(text.replace(/\/\*\*?.*?\*\/|\/\/.*$/gms, '')).not.to.match(
      /^\s*(import|export)\s|=>|\b(let|const|async|await)\b|\?\.|\?\?/m,
    );
  });

  it('says in one line which Node is needed, and ends with 3', function () {
    const old = '/usr/bin/node';
    const version = existsSync(old)
      ? execFileSync(old, ['-p', 'process.versions.node'], { encoding: 'utf8' })
      : '99';
    if (Number.parseInt(version, 10) >= 22) return this.skip();
    const { status, stderr } = spawnSync(old, [launchers.run, 'version'], { encoding: 'utf8' });
    expect(status).to.equal(3);
    expect(stderr).to.match(
      /^error: kubectl-dorgu needs Node 22\.19 or newer, and \/usr\/bin\/node is v\d[\d.]*: .*\n$/,
    );
  });

  it('ends quietly when its reader is gone', async () => {
    const [program, ...words] = [...commandLine, 'config', 'list', '--all', '-o', 'json'];
    const child = spawn(program, words, {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const code = await new Promise((done) => child.on('close', done));
    expect([code, stderr]).to.deep.equal([0, '']);
  });

  it('ends with 130 on Ctrl-C, in the middle of its work', async () => {
    const tree = join(folder, 'tree');
    for (let index = 0; index < 100; index += 1) {
      mkdirSync(join(tree, `app${index}`), { recursive: true });
      writeFileSync(join(tree, `app${index}/package.json`), '{"scripts":{"start":"node server.js"}}');
      writeFileSync(join(tree, `app${index}/server.js`), 'require("http").createServer().listen(3000)');
    }
    const script = join(folder, 'interrupted.mjs');
    const main = join(launchers.dev, '../../src/commands/main.ts');
    writeFileSync(
      script,
      `import { main } from ${JSON.stringify(main)};
       const running = main(['analyze', ${JSON.stringify(tree)}]);
       process.kill(process.pid, 'SIGINT');
       await running;`,
    );
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => (output += text.toString()));
    const code = await new Promise((done) => child.on('close', done));
    expect([code, output]).to.deep.equal([130, '']);
  });
});
