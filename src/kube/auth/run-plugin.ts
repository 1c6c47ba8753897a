// Runs a credential plugin: its words go to the terminal, its answer to us, both bounded, and it ends when we do.
import { spawn, type ChildProcess } from 'node:child_process';
import { asError, TimedOut } from '../transport/transport.ts';

/** A plugin to run. */
export interface PluginRun {
  command: string;
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  /** Gets the terminal, to ask for a password. */
  isInteractive: boolean;
  /** 0: no limit. */
  timeoutMs: number;
  /** Where relative paths start; ours where it is left out. */
  cwd?: string;
  /** Keeps what it says to itself. */
  isQuiet?: boolean;
  signal: AbortSignal | undefined;
}

/** How it ended. `complaint` is the end of its stderr; empty where that went to the terminal directly. */
export interface PluginResult {
  code: number | null;
  stdout: string;
  complaint: string;
}

const maxStdoutBytes = 1024 * 1024;
const maxComplaintLength = 2000;

/** Runs it to its end. @throws Error of spawn (ENOENT …), TimedOut, RangeError for too long an answer, or the signal's reason */
export function runPlugin(run: PluginRun): Promise<PluginResult> {
  return new Promise((resolve, reject) => {
    if (run.signal?.aborted) {
      reject(asError(run.signal.reason));
      return;
    }
    const child = spawn(run.command, run.args, {
      env: run.env,
      ...(run.cwd === undefined ? {} : { cwd: run.cwd }),
      stdio: [run.isInteractive ? 'inherit' : 'ignore', 'pipe', run.isInteractive ? 'inherit' : 'pipe'],
      windowsHide: true,
    });
    const fail = (error: Error) => {
      settle();
      endChild(child);
      reject(error);
    };
    const onAbort = () => fail(asError(run.signal?.reason));
    run.signal?.addEventListener('abort', onAbort, { once: true });
    const timer =
      run.timeoutMs > 0
        ? setTimeout(() => fail(new TimedOut(`not done within ${run.timeoutMs / 1000} s`)), run.timeoutMs)
        : undefined;
    const settle = () => {
      clearTimeout(timer);
      run.signal?.removeEventListener('abort', onAbort);
    };
    const stdout = collectStdout(child, fail);
    const complaint = readStderr(child, run.isQuiet ?? false);
    child.once('error', fail);
    child.once('close', (code) => {
      settle();
      resolve({ code, stdout: stdout(), complaint: complaint() });
    });
  });
}

function collectStdout(child: ChildProcess, fail: (error: Error) => void): () => string {
  const chunks: Buffer[] = [];
  let total = 0;
  child.stdout?.on('data', (chunk: Buffer) => {
    total += chunk.length;
    if (total > maxStdoutBytes) fail(new RangeError(`its answer is longer than ${maxStdoutBytes} bytes`));
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

/** People see what it says while it works: "open this page to log in". */
function readStderr(child: ChildProcess, isQuiet: boolean): () => string {
  let tail = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    if (!isQuiet) process.stderr.write(chunk);
    tail = (tail + chunk.toString('utf8')).slice(-maxComplaintLength);
  });
  return () => tail.trim();
}

/** What it has started itself may hold the pipes open: they are let go. */
function endChild(child: ChildProcess): void {
  child.kill();
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.unref();
}
