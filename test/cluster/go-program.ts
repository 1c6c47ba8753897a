// Programs in Go that tests ask what the real thing does: built once, and kept in the user's cache under a name that holds their sources' digest.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { compareText } from '../../src/api/compare-text.ts';
import { isClusterRequired } from './connection.ts';
import { buildModule } from './go-build.ts';
import { findCacheFolder } from './program-cache.ts';
import { provideFolder } from './program-folders.ts';

/** Path of the program of the module in `source`, called like that folder; undefined where there is no Go to build it, unless CI is set: then that is an error. */
export async function provideGoProgram(
  source: string,
  environment: NodeJS.ProcessEnv,
): Promise<string | undefined> {
  const program = basename(source);
  const hash = createHash('sha256');
  for (const name of (await readdir(source)).sort(compareText))
    hash.update(await readFile(join(source, name)));
  const name = `${program}-${process.platform}-${process.arch}-${hash.digest('hex').slice(0, 12)}`;
  const answer = await provideFolder(
    join(findCacheFolder(environment), name),
    program,
    (folder, signal) => buildModule(source, program, folder, signal),
    { environment, report: (line) => void process.stderr.write(`${line}\n`) },
  );
  if ('folder' in answer) return join(answer.folder, program);
  if (isClusterRequired(environment))
    throw new Error(`CI is set, so tests with ${program} may not be skipped: ${answer.missing}`);
  return undefined;
}

/** Gives it the question as JSON; each line of its answer is JSON. @throws Error where there are not as many as expected */
export async function askGoProgram(path: string, question: unknown, expected: number): Promise<unknown[]> {
  const child = spawn(path, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(question));
  const lines = (await text(child.stdout)).split('\n').filter((line) => line !== '');
  if (lines.length !== expected)
    throw new Error(`expected ${expected} answers of ${basename(path)}, found ${lines.length}`);
  return lines.map((line) => JSON.parse(line) as unknown);
}
