// What `npm run dist` made, installed by krew itself and run by people who have no Node. Part of `npm run test:dist`, which makes sure that it was made.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import product from '../../../../package.json' with { type: 'json' };
import { platforms, findOwnPlatform, toArchiveName } from '../../../../bin/tasks/dist/platforms.ts';
import { provideGoProgram } from '../../../cluster/go-program.ts';

const root = resolve(import.meta.dirname, '../../../..');
const manifest = join(root, 'krew-manifest.yaml');
const locate = (platform: (typeof platforms)[number]) =>
  join(root, 'dist/krew', toArchiveName(platform, product.version));

describe('what krew installs', function () {
  this.timeout(600_000);
  let krew = '';
  let folder = '';

  before(async function () {
    const missing = platforms.map(locate).filter((archive) => !existsSync(archive));
    expect(missing, 'npm run dist makes them').to.deep.equal([]);
    krew = (await provideGoProgram(join(import.meta.dirname, 'krew'), process.env)) ?? this.skip();
    folder = mkdtempSync(join(tmpdir(), 'dorgu-krew-'));
  });
  after(() => folder !== '' && rmSync(folder, { recursive: true, force: true }));

  function install(platform: (typeof platforms)[number]): string {
    const home = join(folder, `${platform.os}-${platform.arch}`);
    execFileSync(krew, ['install', `--manifest=${manifest}`, `--archive=${locate(platform)}`], {
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        KREW_ROOT: home,
        KREW_OS: platform.os,
        KREW_ARCH: platform.arch,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    return join(home, 'bin', platform.os === 'windows' ? 'kubectl-dorgu.exe' : 'kubectl-dorgu');
  }

  for (const platform of platforms)
    it(`is linked for ${platform.os}/${platform.arch}`, () => {
      expect(lstatSync(install(platform)).isSymbolicLink()).to.equal(true);
    });

  it('runs without Node, through the link', function () {
    const own = findOwnPlatform() ?? this.skip();
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    symlinkSync(join(folder, `${own.os}-${own.arch}`, 'bin/kubectl-dorgu'), join(bin, 'kubectl-dorgu'));
    const run = (...words: string[]) => {
      const { status, stdout, stderr } = spawnSync(join(bin, 'kubectl-dorgu'), words, {
        cwd: folder,
        env: { PATH: bin, HOME: folder },
        encoding: 'utf8',
      });
      return { status, stdout, stderr };
    };
    expect(run('version')).to.deep.equal({
      status: 0,
      stdout: `Client Version: v${product.version}\n`,
      stderr: '',
    });
    expect(run('--help').stdout).to.contain('kubectl dorgu');
    const generated = run('generate', join(root, 'examples/go-greeter'), '--dry-run');
    expect(generated.status, generated.stderr).to.equal(0);
    expect(generated.stdout + generated.stderr).to.contain('go-greeter: 1 component');
  });
});
