// What generate shows, writes and refuses, from the command line to the disk.
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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

  const edit = (path: string, from: string, to: string) => {
    const before = readFileSync(at(path), 'utf8');
    expect(before).to.contain(from);
    writeFileSync(at(path), before.replace(from, to));
  };

  it('keeps what a person changed, and adds what is new beside it', async () => {
    await run('-q');
    edit(
      'k8s/deployment.yaml',
      '  revisionHistoryLimit: ',
      '  paused: true # until Monday\n  revisionHistoryLimit: ',
    );
    appendFileSync(at('PERSONA.md'), '\nAsk Ada.\n');
    const again = await run();
    expect(again).to.deep.include({ code: 0, stdout: '' });
    expect(again.stderr).to.match(/^\d+ files, 2 as you edited them, \d+ unchanged\n$/);
    expect((await run('--check')).code).to.equal(0);
    const { code, stderr } = await run('-n', 'store');
    expect({ code, merged: /(\d+) merged with your edits/.exec(stderr)?.[1] }).to.deep.equal({
      code: 0,
      merged: '2',
    });
    expect(stderr).to.contain('  k8s/deployment.yaml has your edits beside what is new\n');
    expect(readFileSync(at('k8s/deployment.yaml'), 'utf8'))
      .to.contain('  paused: true # until Monday\n')
      .and.contain('namespace: store\n');
    expect(readFileSync(at('PERSONA.md'), 'utf8'))
      .to.contain('store')
      .and.match(/\nAsk Ada\.\n$/);
    expect((await run('-n', 'store', '--check')).code).to.equal(0);
  });

  it('stops where a person and a setting change the same, names both sides, and lets either win', async () => {
    await run('-q', '--tag', '1.0.0');
    edit('k8s/kustomization.yaml', 'newTag: 1.0.0', 'newTag: 1.5.0');
    edit('k8s/persona.yaml', '\n  version: 1.0.0', '\n  version: 1.5.0');
    const before = readFileSync(at('k8s/persona.yaml'), 'utf8');
    const { code, stderr } = await run('--tag', '2.0.0');
    expect(code).to.equal(6);
    expect(stderr)
      .to.match(
        /^ {2}k8s\/kustomization\.yaml: images\[\S+\]\.newTag: yours 1\.5\.0, generated 2\.0\.0, before 1\.0\.0$/m,
      )
      .and.contain('  k8s/persona.yaml: spec.version: yours 1.5.0, generated 2.0.0, before 1.0.0\n')
      .and.match(/^hint: .*--keep-mine.*--force/m);
    expect(readFileSync(at('k8s/persona.yaml'), 'utf8')).to.equal(before);
    expect(readFileSync(at('k8s/deployment.yaml'), 'utf8')).to.contain(':1.0.0');
    expect((await run('--tag', '2.0.0', '--keep-mine', '-q')).code).to.equal(0);
    expect(readFileSync(at('k8s/persona.yaml'), 'utf8')).to.contain('version: 1.5.0');
    expect(readFileSync(at('k8s/deployment.yaml'), 'utf8')).to.contain(':2.0.0');
    expect((await run('--tag', '2.0.0', '--check')).code).to.equal(0);
    expect((await run('--tag', '2.0.0', '--force', '-q')).code).to.equal(0);
    expect(readFileSync(at('k8s/persona.yaml'), 'utf8'))
      .to.contain('version: 2.0.0')
      .and.not.contain('1.5.0');
  });

  it('leaves away what a person deleted, also from the kustomization, until it is forced', async () => {
    await run('-q');
    rmSync(at('k8s/hpa.yaml'));
    const { code, stderr } = await run();
    expect(code).to.equal(0);
    expect(stderr).to.contain('  k8s/hpa.yaml was deleted by hand, and stays away; --force brings it back\n');
    expect(existsSync(at('k8s/hpa.yaml'))).to.equal(false);
    expect(readFileSync(at('k8s/kustomization.yaml'), 'utf8')).to.not.contain('hpa.yaml');
    expect((await run('--check')).code).to.equal(0);
    expect((await run('--force')).code).to.equal(0);
    expect(existsSync(at('k8s/hpa.yaml'))).to.equal(true);
    await run('-q');
    expect(readFileSync(at('k8s/kustomization.yaml'), 'utf8')).to.contain('hpa.yaml');
  });

  it('makes a folder anew that is gone altogether', async () => {
    await run('-q');
    rmSync(at('k8s'), { recursive: true });
    expect((await run('-q')).code).to.equal(0);
    expect(existsSync(at('k8s/deployment.yaml'))).to.equal(true);
  });

  it('stops before a file that it did not write', async () => {
    writeFileSync(at('PERSONA.md'), 'mine\n');
    const { code, stderr } = await run();
    expect(code).to.equal(6);
    expect(stderr)
      .to.match(/^-mine$/m)
      .and.match(/^ {2}PERSONA\.md: not written by generate$/m);
    expect((await run('--keep-mine')).code).to.equal(6);
    expect(existsSync(at('k8s'))).to.equal(false);
    expect((await run('--force', '-q')).code).to.equal(0);
    expect(readFileSync(at('PERSONA.md'), 'utf8')).to.match(/^# /m);
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
