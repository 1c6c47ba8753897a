// Runs health checks in the Lua that Argo CD has: builds the Go program of lua-oracle once and keeps it in the user's cache.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { isClusterRequired } from '../cluster/connection.ts';
import { buildModule } from '../cluster/go-build.ts';
import { findCacheFolder } from '../cluster/program-cache.ts';
import { provideFolder } from '../cluster/program-folders.ts';

/** What a health check answers; status `error` where the script failed. */
export interface Health {
  status: string;
  message: string;
}

const source = join(import.meta.dirname, 'lua-oracle');
const program = 'lua-oracle';

/** Path of the program; undefined where there is no Go to build it, unless CI is set: then that is an error. */
export async function provideLua(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const hash = createHash('sha256');
  for (const name of ['go.mod', 'go.sum', 'main.go']) hash.update(await readFile(join(source, name)));
  const name = `${program}-${process.platform}-${process.arch}-${hash.digest('hex').slice(0, 12)}`;
  const answer = await provideFolder(
    join(findCacheFolder(environment), name),
    program,
    (folder, signal) => buildModule(source, program, folder, signal),
    { environment, report: (line) => void process.stderr.write(`${line}\n`) },
  );
  if ('folder' in answer) return join(answer.folder, program);
  if (isClusterRequired(environment))
    throw new Error(`CI is set, so tests of Lua may not be skipped: ${answer.missing}`);
  return undefined;
}

/** One answer for each object, in order. */
export async function askLua(path: string, script: string, objects: readonly object[]): Promise<Health[]> {
  const child = spawn(path, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify({ script, objects }));
  const answers = (await text(child.stdout)).split('\n').filter((line) => line !== '');
  return answers.map((line) => JSON.parse(line) as Health);
}
