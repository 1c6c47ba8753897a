// KUBECTL_EXTERNAL_DIFF: hands two folders to the program that a person prefers, as kubectl diff does.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DorguError } from '../../../api/errors.ts';
import type { Invocation } from '../../invocation.ts';
import type { Difference } from './difference.ts';

/** kubectl passes on arguments of these characters and drops the others. */
const ARGUMENT = /^[a-zA-Z0-9-=]+$/;

/**
 * Whether the program found a difference (its exit code 1). It gets a folder LIVE and a folder MERGED with a file a difference.
 * @throws DorguError DiffFailed where it cannot be started, or fails
 */
export async function runExternalDiff(
  command: string,
  differences: readonly Difference[],
  invocation: Streams,
): Promise<boolean> {
  const [program = '', ...words] = command.split(' ');
  const folder = mkdtempSync(join(tmpdir(), 'dorgu-diff-'));
  try {
    const folders = writeFolders(folder, differences);
    const code = await runProgram(
      program,
      [...words.filter((word) => ARGUMENT.test(word)), ...folders],
      invocation,
    );
    if (code === 0 || code === 1) return code === 1;
    throw createFailedError(program, `it ended with exit code ${code ?? 'none'}`);
  } catch (error) {
    if (error instanceof DorguError || invocation.signal.aborted) throw error;
    throw createFailedError(program, error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Streams = Pick<Invocation, 'stdout' | 'stderr' | 'env' | 'cwd' | 'signal'>;

/** Its exit code. A program of a person's choice may want the terminal: where ours is one, it gets it. */
function runProgram(
  program: string,
  words: readonly string[],
  { stdout, stderr, env, cwd, signal }: Streams,
): Promise<number | null> {
  const isOwn = stdout === process.stdout;
  const child = spawn(program, words, {
    cwd,
    env,
    signal,
    stdio: isOwn ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  child.stdout?.on('data', (text: Buffer) => stdout.write(text));
  child.stderr?.on('data', (text: Buffer) => stderr.write(text));
  return new Promise((done, fail) => child.on('error', fail).on('close', done));
}

function writeFolders(folder: string, differences: readonly Difference[]): [string, string] {
  const folders: [string, string] = [join(folder, 'LIVE'), join(folder, 'MERGED')];
  const [live, merged] = folders;
  for (const path of folders) mkdirSync(path);
  for (const { name, before, after } of differences) {
    // Names come from objects: a slash would lead elsewhere.
    const file = name.replaceAll(/[^\w.-]/g, '_').slice(0, 240);
    if (before !== undefined) writeFileSync(join(live, file), before);
    if (after !== undefined) writeFileSync(join(merged, file), after);
  }
  return folders;
}

function createFailedError(program: string, cause: unknown): DorguError {
  return new DorguError('DiffFailed', `KUBECTL_EXTERNAL_DIFF: ${JSON.stringify(program)} failed`, {
    cause,
    hint: 'unset KUBECTL_EXTERNAL_DIFF to see the difference without it',
  });
}
