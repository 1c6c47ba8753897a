// `kubectl dorgu persona watch` as a process of its own, whose words are read as they come.
import { spawn } from 'node:child_process';
import { waitUntil } from '../cluster/wait-until.ts';
import { commandLine } from '../commands/command-line.ts';

/** A running one. */
export interface WatchingProcess {
  /** Lines of stdout: JSON, one object a line. */
  readonly lines: readonly Record<string, unknown>[];
  /** Lines of stderr. */
  readonly notices: readonly string[];
  /** Resolves once it has told that this persona is in this phase. */
  untilTold(name: string, phase: string): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** Ctrl-C; resolves with its exit code. */
  end(): Promise<number | null>;
}

/** Starts it with a kubeconfig and nothing else of this machine. */
export function startWatching(kubeconfig: string, args: readonly string[]): WatchingProcess {
  const [program, ...words] = [...commandLine, 'persona', 'watch', '-o', 'json', ...args];
  const child = spawn(program, words, {
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', KUBECONFIG: kubeconfig },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killIt = () => void child.kill('SIGKILL');
  process.once('exit', killIt);
  const ended = new Promise<number | null>((done) =>
    child.once('exit', (code) => {
      process.off('exit', killIt);
      done(code);
    }),
  );
  const lines: Record<string, unknown>[] = [];
  const notices: string[] = [];
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const whole = (out + text).split('\n');
    out = whole.pop() ?? '';
    lines.push(...whole.map((line) => JSON.parse(line) as Record<string, unknown>));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    const whole = (err + text).split('\n');
    err = whole.pop() ?? '';
    notices.push(...whole);
  });
  return {
    lines,
    notices,
    untilTold: async (name, phase) => {
      const isTold = () =>
        lines.some((line) => line['name'] === name && line['phase'] === phase) || undefined;
      await waitUntil(`${name} ${phase}`, isTold, { timeoutMs: 40_000 }).catch((error: unknown) => {
        throw new Error(`${String(error)}; stderr: ${notices.join('\n')}`);
      });
    },
    signal: (signal) => void child.kill(signal),
    end: () => {
      child.kill('SIGINT');
      return ended;
    },
  };
}
