// One executable: the runtime of a platform with the built program inside.
import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findOwnPlatform, toRuntime, type Platform } from './platforms.ts';
import { locateRuntime } from './runtimes.ts';

/** What the executable does first: as bin/run.js, which has to be read by other Nodes as well. */
const entry = `import { main } from './launch.js';

process.stdout.on('error', (error) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
await main(process.argv.slice(2));
`;

/**
 * Writes it for `platform` to `path`, from what `npm run build` left in `built`. It reads no .env and no settings of the runtime in
 * the folder where somebody calls it. Same program, same bytes, whatever the folder. Darwin's is signed ad hoc by the compiler.
 * @throws Error where the compiler fails
 */
export function compileExecutable(runtimes: string, platform: Platform, built: string, path: string): void {
  const own = findOwnPlatform();
  if (own === undefined)
    throw new Error(`no runtime for ${process.platform}/${process.arch} to compile with`);
  const compiler = locateRuntime(runtimes, own);
  chmodSync(compiler, 0o755);
  writeFileSync(join(built, 'executable.mjs'), entry);
  const { status, stderr } = spawnSync(
    compiler,
    [
      'build',
      '--compile',
      `--target=${toRuntime(platform).target}`,
      `--compile-executable-path=${locateRuntime(runtimes, platform)}`,
      '--no-compile-autoload-dotenv',
      '--no-compile-autoload-bunfig',
      // A file for each command, read when it is called: one large file takes five times as long to start.
      '--splitting',
      '--sourcemap=none',
      // Libraries mention them, and the compiler would put in the folder where it ran: other bytes in each.
      '--define=__dirname="/"',
      '--define=__filename="/kubectl-dorgu"',
      `--outfile=${path}`,
      'executable.mjs',
    ],
    { cwd: built, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`compiling for ${platform.os}/${platform.arch} failed:\n${stderr}`);
}
