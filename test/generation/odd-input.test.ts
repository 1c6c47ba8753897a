// Odd input that is nobody's mistake: it works, or leaves out what it has to and says so.
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { runHere, runLauncher } from '../commands/command-line.ts';
import { snapshotFolder } from './snapshot-folder.ts';

const APP = {
  'package.json': '{"name":"shop","version":"1.0.0","scripts":{"start":"node server.js"}}',
  'server.js': `require('http').createServer().listen(3000);\n`,
};

describe('odd input to generate', function () {
  this.timeout(30_000);
  let top: string;
  const put = (folder: string, files: Record<string, string>) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(top, folder, path)), { recursive: true });
      writeFileSync(join(top, folder, path), text);
    }
  };
  beforeEach(() => {
    top = realpathSync(mkdtempSync(join(tmpdir(), 'dorgu-odd-')));
  });
  afterEach(() => rmSync(top, { recursive: true, force: true }));

  it('takes a folder with spaces and umlauts, and makes names that a cluster takes', async () => {
    put('Mein Geschäft ß', APP);
    const result = await runHere(['generate', 'Mein Geschäft ß'], { cwd: top });
    expect(result.code, result.stderr).to.equal(0);
    const names = snapshotFolder(join(top, 'Mein Geschäft ß/k8s'))
      .flatMap(([, text]) => [...text.matchAll(/^\s*name: (\S+)$/gm)])
      .map(([, name]) => name);
    expect(names).not.to.deep.equal([]);
    for (const name of names) expect(name).to.match(/^[a-zA-Z0-9"'._/-]+$/);
  });

  it('does not follow a link out of the tree, and leaves what it leads to alone', async () => {
    put('outside', { 'server.js': `process.env.STOLEN; app.listen(6666);\n` });
    put('app', APP);
    symlinkSync('../outside', join(top, 'app/src'));
    const result = await runHere(['analyze', 'app', '-o', 'json'], { cwd: top });
    expect(result.code, result.stderr).to.equal(0);
    expect(result.stdout).not.to.match(/STOLEN|6666/);
  });

  it('leaves out a file of 2 GB and binary files, and says so', async () => {
    put('app', { ...APP, 'server.js': `require('./routes');\n${APP['server.js']}`, 'routes.js': '' });
    truncateSync(join(top, 'app/routes.js'), 2 * 1024 ** 3);
    writeFileSync(join(top, 'app/image.js'), Buffer.from([0, 1, 2]));
    const result = await runHere(['generate', 'app'], { cwd: top });
    expect(result.code, result.stderr).to.equal(0);
    expect(result.stderr).to.match(/routes\.js.*1 MiB/);
  });

  it('believes settings that a command-line program is a worker, as its own hint says', async () => {
    put('app', { 'package.json': '{"name":"tool","bin":{"tool":"cli.js"}}', 'cli.js': 'console.log(1)\n' });
    expect((await runHere(['generate', 'app'], { cwd: top })).stderr).to.contain(
      'app: {type: api}, or worker',
    );
    put('app', { '.dorgu.yaml': 'version: "1"\napp: {type: worker}\n' });
    const { code, stdout, stderr } = await runHere(['generate', 'app'], { cwd: top });
    expect(code, stderr).to.equal(0);
    expect(stdout).to.match(/^tool +worker /m);
  });

  it('stops where a person changed what is new as well, shows the difference, and takes --force', async () => {
    put('app', APP);
    expect((await runHere(['generate', 'app'], { cwd: top })).code).to.equal(0);
    const path =
      snapshotFolder(join(top, 'app/k8s')).find(([name]) => name.endsWith('deployment.yaml'))?.[0] ?? '';
    const file = join(top, 'app/k8s', path);
    const ours = readFileSync(file, 'utf8');
    writeFileSync(file, ours.replace(/(image: .*):\S+$/m, '$1:mine'));
    const before = snapshotFolder(top);
    const refused = await runHere(['generate', 'app', '--tag', '2.0.0'], { cwd: top });
    expect(refused.code).to.equal(6);
    expect(refused.stderr)
      .to.match(/deployment\.yaml/)
      .and.match(/^-.*:mine$/m)
      .and.match(/--force/);
    expect(snapshotFolder(top)).to.deep.equal(before);
    const forced = await runHere(['generate', 'app', '--tag', '2.0.0', '--force'], { cwd: top });
    expect(forced.code, forced.stderr).to.equal(0);
    expect(readFileSync(file, 'utf8')).to.contain('2.0.0').and.not.contain(':mine');
  });

  it('writes all or nothing when it is interrupted, whenever that is', async () => {
    const whole = new Set<string>();
    for (const delayMs of [0, 40, 80, 120, 160, 200, 240, 280]) {
      const folder = `app${delayMs}`;
      put(folder, APP);
      const before = snapshotFolder(join(top, folder));
      const result = await runLauncher(['generate', folder, '--name', 'shop'], {
        cwd: top,
        onStart: (processId) => setTimeout(() => interrupt(processId), delayMs),
      });
      expect([0, 130]).to.include(result.code);
      const after = snapshotFolder(join(top, folder));
      if (after.length === before.length) expect(after).to.deep.equal(before);
      else whole.add(JSON.stringify(after));
    }
    expect(whole.size).to.be.at.most(1);
  });

  it('says what the disk says where it cannot write, and leaves nothing', async function () {
    // Root may write anywhere, but not into a file system that is mounted read-only.
    if (process.getuid?.() !== 0 || process.platform !== 'linux') this.skip();
    put('app', APP);
    try {
      execFileSync('mount', ['--bind', join(top, 'app'), join(top, 'app')], { stdio: 'ignore' });
    } catch {
      this.skip();
    }
    try {
      execFileSync('mount', ['-o', 'remount,ro,bind', join(top, 'app')]);
      const before = snapshotFolder(top);
      const result = await runHere(['generate', 'app'], { cwd: top });
      expect(result.code).to.equal(9);
      expect(result.stderr)
        .to.match(/error: .*writing/)
        .and.match(/read-only|EROFS/);
      expect(snapshotFolder(top)).to.deep.equal(before);
    } finally {
      execFileSync('umount', [join(top, 'app')]);
    }
  });
});

function interrupt(processId: number): void {
  try {
    process.kill(processId, 'SIGINT');
  } catch {
    // It had ended already, which is one of the moments that count.
  }
}
