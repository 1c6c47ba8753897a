// Everything a command may know of the process it runs in, so that nothing below reaches for globals.
import { homedir } from 'node:os';
import { isColourWanted, type ColourMode } from '../ui/colour.ts';

/** A stream that text goes to; a terminal has columns and rows. */
export type TextOutput = NodeJS.WritableStream & { isTTY?: boolean; columns?: number; rows?: number };

/** One run of the program. */
export interface Invocation {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The user's home; empty where there is none. */
  readonly home: string;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: TextOutput;
  readonly stderr: TextOutput;
  /** Aborted by Ctrl-C (SIGINT) and SIGTERM. */
  readonly signal: AbortSignal;
}

/** The process itself. */
export function createInvocation(signal: AbortSignal = new AbortController().signal): Invocation {
  return {
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    signal,
  };
}

/** Whether text for this stream gets colour. */
export function isColoured(
  output: TextOutput,
  env: Invocation['env'],
  mode: ColourMode | undefined,
): boolean {
  return isColourWanted({ mode, isTty: output.isTTY === true, env });
}
