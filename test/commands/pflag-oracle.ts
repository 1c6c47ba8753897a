// Asks the real pflag and cobra how they read command lines: builds the Go program of pflag-oracle once and keeps it in the user's cache.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { isClusterRequired } from '../cluster/connection.ts';
import { buildModule } from '../cluster/go-build.ts';
import { findCacheFolder } from '../cluster/program-cache.ts';
import { provideFolder } from '../cluster/program-folders.ts';

/** A flag as pflag declares it; `strings` is a StringArray, `optional` a string that is `client` where the flag stands alone. */
export interface OracleFlag {
  name: string;
  short: string;
  kind: 'bool' | 'string' | 'strings' | 'optional';
}

/** A program: the flags of all its commands, its commands with flags of their own (none: pflag alone), and command lines for it. */
export interface OracleQuestion {
  flags: readonly OracleFlag[];
  commands: readonly { path: string; flags: readonly OracleFlag[] }[];
  lines: readonly (readonly string[])[];
}

/** How one line was read. After an error `sets` holds what was set before it, and `positionals` nothing. */
export interface OracleAnswer {
  /** Path of the command that ran; empty where none did. */
  command: string;
  sets: [flag: string, value: string][];
  positionals: string[];
  error: '' | 'syntax' | 'unknown' | 'missing' | 'invalid' | 'other';
}

const source = join(import.meta.dirname, 'pflag-oracle');
const program = 'pflag-oracle';

/** Path of the program; undefined where there is no Go to build it, unless CI is set: then that is an error. */
export async function provideOracle(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
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
    throw new Error(`CI is set, so pflag's tests may not be skipped: ${answer.missing}`);
  return undefined;
}

/** One answer a line, in order. */
export async function askOracle(path: string, question: OracleQuestion): Promise<OracleAnswer[]> {
  const child = spawn(path, { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(JSON.stringify(question));
  const answers = (await text(child.stdout)).split('\n').filter((line) => line !== '');
  if (answers.length !== question.lines.length)
    throw new Error(`expected ${question.lines.length} answers of ${program}, found ${answers.length}`);
  return answers.map((line) => JSON.parse(line) as OracleAnswer);
}
