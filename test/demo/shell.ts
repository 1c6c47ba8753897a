// Commands as a person would type them: shown with their output, as they are run.
import { spawn } from 'node:child_process';

/** A shell in one folder, with one environment. */
export interface Shell {
  /** A line of explanation, set apart. */
  say: (text: string) => void;
  /** Shows the command and what it prints. @throws Error where it fails, unless `mayFail` */
  run: (command: string, options?: { mayFail?: boolean }) => Promise<void>;
}

/** Prints to stdout. */
export function createShell(cwd: string, env: NodeJS.ProcessEnv, signal: AbortSignal): Shell {
  return {
    say: (text) => void process.stdout.write(`\n# ${text}\n`),
    run: (command, { mayFail = false } = {}) =>
      new Promise((done, fail) => {
        signal.throwIfAborted();
        process.stdout.write(`$ ${command}\n`);
        const child = spawn('sh', ['-c', `(${command}) 2>&1`], {
          cwd,
          env,
          signal,
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        child.stdout.on('data', (chunk: Buffer) => void process.stdout.write(chunk));
        child.once('error', fail);
        child.once('close', (code) => {
          if (code === 0 || mayFail) done();
          else fail(new Error(`${command} ended with ${code ?? 'a signal'}`));
        });
      }),
  };
}
