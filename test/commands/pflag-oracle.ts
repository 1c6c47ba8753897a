// Asks the real pflag and cobra how they read command lines: the Go program of pflag-oracle.
import { join } from 'node:path';
import { askGoProgram, provideGoProgram } from '../cluster/go-program.ts';

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

/** Path of the program; see provideGoProgram. */
export function provideOracle(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  return provideGoProgram(join(import.meta.dirname, 'pflag-oracle'), environment);
}

/** One answer a line, in order. */
export async function askOracle(path: string, question: OracleQuestion): Promise<OracleAnswer[]> {
  return (await askGoProgram(path, question, question.lines.length)) as OracleAnswer[];
}
