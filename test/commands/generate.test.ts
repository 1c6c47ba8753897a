// What generate shows, writes and refuses, from the command line to the disk.
import { appendFileSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { runHere } from './command-line.ts';

const fixture = resolve(import.meta.dirname, '../fixtures/commands/shop');

describe('generate', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-generate-'));
    cpSync(fixture, join(folder, 'shop'), { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const run = (...argv: string[]) => runHere(['generate', 'shop', ...argv], { cwd: folder });
  const at = (path: string) => join(folder, 'shop', path);

  it('shows the facts on stdout, and what it wrote, what to decide and what comes next on stderr', async () => {
    const { code, stdout, stderr } = await run('--registry', 'ghcr.io/acme');
    expect(code).to.equal(0);
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/))).to.deep.equal([
      ['COMPONENT', 'KIND', 'LANGUAGE', 'FRAMEWORK', 'PORT', 'PROBES', 'START'],
      ['shop', 'server', 'JavaScript', 'Express', '3000', '/healthz, /readyz', 'node server.js'],
      [''],
    ]);
    expect(stderr).to.match(
      /^shop: 1 component in 3 files \(\d+\.\d s\)\n\nWritten to shop\/k8s: (\d+) files, \1 new\n/,
    );
    expect(stderr).to.match(/^ {2}deployment\.yaml service\.yaml /m);
    expect(stderr).to.match(/^ {2}and beside k8s\/: /m);
    expect(stderr).to.match(
      /\n\nNext: cd shop && git add -A \. && git commit && git push, then kubectl apply -f argocd\/application\.yaml\n {6}or, without GitOps: kubectl apply -k k8s && kubectl -n shop port-forward svc\/shop 3000\n$/,
    );
  });

  it('keeps to ASCII where the locale has no more', async () => {
    expect((await run('--dry-run')).stderr)
      .to.match(/config set registry \.\.\.\n/)
      .and.match(/^[\n -~]*$/);
    const { stderr } = await runHere(['generate', 'shop', '--dry-run'], {
      cwd: folder,
      env: { LANG: 'C.UTF-8' },
    });
    expect(stderr).to.contain('config set registry …');
  });

  it('says one line when nothing changes', async () => {
    await run('-q');
    const { code, stdout, stderr } = await run();
    expect({ code, stdout }).to.deep.equal({ code: 0, stdout: '' });
    expect(stderr).to.match(/^(\d+) files, \1 unchanged\n$/);
  });

  it('is quiet with -q', async () => expect((await run('-q')).stderr).to.equal(''));

  for (const mode of ['--dry-run', '--diff', '--check']) {
    it(`writes nothing with ${mode}`, async () => {
      const { code } = await run(mode);
      expect(existsSync(at('k8s'))).to.equal(false);
      expect(existsSync(at('.dorgu'))).to.equal(false);
      expect(code).to.equal(mode === '--check' ? 1 : 0);
    });
  }

  it('shows with --diff what a setting would change, and nothing else', async () => {
    await run('-q');
    const { stdout } = await run('--diff', '-n', 'store');
    expect(stdout).to.contain('--- a/k8s/deployment.yaml\n+++ b/k8s/deployment.yaml\n');
    expect(stdout)
      .to.match(/^-.*namespace: shop$/m)
      .and.match(/^\+.*namespace: store$/m);
    expect((await run('--diff')).stdout).to.equal('');
  });

  it('answers --check with 1 and the names of the files that drifted', async () => {
    await run('-q');
    expect((await run('--check')).code).to.equal(0);
    const { code, stderr } = await run('--check', '-n', 'store');
    expect(code).to.equal(1);
    expect(stderr).to.match(/^error: \d+ of \d+ files are not as they would be generated\n/);
    expect(stderr).to.match(/^ {2}changed {2}k8s\/deployment\.yaml$/m);
    expect(stderr).to.match(/^hint: kubectl dorgu generate shop writes them/m);
  });

  it('stops before a file that a person changed, shows the difference, and overwrites it when forced', async () => {
    await run('-q');
    const generated = readFileSync(at('k8s/service.yaml'), 'utf8');
    appendFileSync(at('k8s/service.yaml'), '# mine\n');
    const { code, stderr } = await run();
    expect(code).to.equal(6);
    expect(stderr)
      .to.match(/^-# mine$/m)
      .and.match(/^error: 1 file was changed by hand/m)
      .and.match(/--force/);
    expect(readFileSync(at('k8s/service.yaml'), 'utf8')).to.equal(`${generated}# mine\n`);
    expect((await run('--force', '-q')).code).to.equal(0);
    expect(readFileSync(at('k8s/service.yaml'), 'utf8')).to.equal(generated);
  });

  for (const format of ['json', 'yaml']) {
    it(`prints one document with -o ${format}`, async () => {
      const { stdout, code } = await run('-o', format);
      expect(code).to.equal(0);
      expect(stdout).to.match(format === 'json' ? /^\{/ : /^name: shop\n/);
      if (format === 'json') {
        const document = JSON.parse(stdout) as {
          written: boolean;
          files: { path: string; status: string }[];
        };
        expect(document.written).to.equal(true);
        expect(document.files.find(({ path }) => path === 'k8s/deployment.yaml')?.status).to.equal('new');
      }
    });
  }

  it('refuses a folder outside of the application, and writes nothing', async () => {
    const { code, stderr } = await run('--output-dir', '../elsewhere');
    expect(code).to.equal(2);
    expect(stderr).to.contain('--output-dir').and.contain('hint: ');
    expect(existsSync(join(folder, 'elsewhere'))).to.equal(false);
  });
});
