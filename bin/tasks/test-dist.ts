// `npm run test:dist`: the tests of the command line against the executable that `npm run dist` made for this platform, and krew's own installation.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import product from '../../package.json' with { type: 'json' };
import { findOwnPlatform, toArchiveName, toExecutableName } from './dist/platforms.ts';

const root = resolve(import.meta.dirname, '../..');
const platform = findOwnPlatform();
if (platform === undefined) throw new Error(`nothing is shipped for ${process.platform}/${process.arch}`);

const folder = mkdtempSync(join(tmpdir(), 'dorgu-test-dist-'));
try {
  const archive = join(root, 'dist/krew', toArchiveName(platform, product.version));
  const { status } = spawnSync('tar', ['-xf', archive, '-C', folder], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${archive} cannot be unpacked: run npm run dist first`);
  const mocha = join(root, 'node_modules/mocha/bin/mocha.js');
  // Each command line is a process of its own here, which takes longer than a call.
  const { status: tests } = spawnSync(
    process.execPath,
    [
      mocha,
      '--timeout',
      '120000',
      'test/{commands,errors,generation,scenarios,stream}/**/*.test.ts',
      'test/bin/run.test.ts',
      'test/bin/tasks/dist/*.test.ts',
      'test/bin/tasks/dist/krew-installation.ts',
    ],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, CLI_UNDER_TEST: join(folder, toExecutableName(platform)) },
    },
  );
  process.exitCode = tests ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
