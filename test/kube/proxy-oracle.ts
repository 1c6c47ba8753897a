// Asks Go which proxy it takes: builds the program of proxy-oracle once and keeps it in the user's cache.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { isClusterRequired } from '../cluster/connection.ts';
import { buildModule } from '../cluster/go-build.ts';
import { findCacheFolder } from '../cluster/program-cache.ts';
import { provideFolder } from '../cluster/program-folders.ts';

/** An environment, and servers to reach in it. */
export interface ProxyQuestion {
  env: Record<string, string>;
  urls: string[];
}

const source = join(import.meta.dirname, 'proxy-oracle');
const program = 'proxy-oracle';

/** Path of the program; undefined where there is no Go to build it, unless CI is set: then that is an error. */
export async function provideProxyOracle(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const hash = createHash('sha256').update(await readFile(join(source, 'main.go')));
  const name = `${program}-${process.platform}-${process.arch}-${hash.digest('hex').slice(0, 12)}`;
  const answer = await provideFolder(
    join(findCacheFolder(environment), name),
    program,
    (folder, signal) => buildModule(source, program, folder, signal),
    { environment, report: (line) => void process.stderr.write(`${line}\n`) },
  );
  if ('folder' in answer) return join(answer.folder, program);
  if (isClusterRequired(environment))
    throw new Error(`CI is set, so the proxy tests may not be skipped: ${answer.missing}`);
  return undefined;
}

/** For each question and server the proxy, empty for none. */
export async function askProxyOracle(path: string, questions: readonly ProxyQuestion[]): Promise<string[][]> {
  const child = spawn(path, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(questions));
  const lines = (await text(child.stdout)).split('\n').filter((line) => line !== '');
  if (lines.length !== questions.length)
    throw new Error(`expected ${questions.length} answers of ${program}, found ${lines.length}`);
  return lines.map((line) => JSON.parse(line) as string[]);
}
