// A program on a pseudo-terminal, as a person would have it before them: `script` of util-linux makes the terminal, the emulator shows it.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isClusterRequired } from '../cluster/connection.ts';
import { waitUntil } from '../cluster/wait-until.ts';
import { createEmulator, type Emulator } from './emulator.ts';

/** How it is started. */
export interface SessionOptions {
  columns?: number;
  rows?: number;
  env?: Readonly<Record<string, string>>;
}

/** What the terminal was told before and after, and how the program ended. */
export interface SessionEnd {
  code: number | null;
  /** `stty -a` of the terminal. */
  before: string;
  after: string;
}

/** A program that runs on a terminal. */
export interface Session {
  readonly emulator: Emulator;
  /** Everything that came, as it came. */
  raw(): string;
  /** Types. */
  type(text: string): void;
  /** Another size of the window, as a window manager would tell it. */
  resize(columns: number, rows: number): void;
  /** Waits until the screen is so; the error shows the screen. */
  until(what: string, holds: (lines: string[]) => boolean): Promise<void>;
  /** To the program itself. */
  signal(signal: NodeJS.Signals): void;
  /** Resolves when the program, and then the shell that started it, has ended. */
  ended: Promise<SessionEnd>;
}

/** Leaves the tests of a describe out where there is no `script`, and says so; in CI they fail. Call it in a describe. */
export function usePseudoTerminals(): {
  start(command: readonly string[], options?: SessionOptions): Promise<Session>;
} {
  const started: { kill: () => void; folder: string }[] = [];
  before(function () {
    if (/util-linux/.test(String(spawnSync('script', ['--version']).stdout))) return;
    const missing = 'the terminal tests need script of util-linux (Debian: apt-get install bsdutils)';
    if (isClusterRequired(process.env)) throw new Error(`CI is set, so they may not be skipped: ${missing}`);
    console.log(`  ${missing}`);
    this.skip();
  });
  afterEach(() => {
    for (const { kill, folder } of started.splice(0)) {
      kill();
      rmSync(folder, { recursive: true, force: true });
    }
  });
  return {
    start: async (command, options = {}) => {
      const folder = mkdtempSync(join(tmpdir(), 'dorgu-terminal-'));
      const { session, kill } = startSession(command, options, folder);
      started.push({ kill, folder });
      await session.until('the program', () => readText(join(folder, 'tty')) !== '');
      return session;
    },
  };
}

/** A program on a terminal outside of tests. `stop` kills it. */
export function startPseudoTerminal(
  command: readonly string[],
  options: SessionOptions = {},
): { session: Session; stop: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'dorgu-terminal-'));
  const { session, kill } = startSession(command, options, folder);
  const stop = () => {
    kill();
    rmSync(folder, { recursive: true, force: true });
  };
  return { session, stop };
}

const quote = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function startSession(
  command: readonly string[],
  { columns = 80, rows = 24, env = {} }: SessionOptions,
  folder: string,
): { session: Session; kill: () => void } {
  const path = (name: string) => join(folder, name);
  // The shell outlives the signals that a terminal sends to all of its programs: it has to look at the terminal afterwards.
  writeFileSync(
    path('run.sh'),
    `trap : INT QUIT TSTP
stty rows ${rows} cols ${columns}
stty -a > ${quote(path('before'))}
sh -c 'echo $$ > "$0/pid"; tty > "$0/tty"; exec "$@"' ${[folder, ...command].map(quote).join(' ')}
code=$?
stty -a > ${quote(path('after'))}
exit $code
`,
  );
  const child = spawn('script', ['-qefc', `sh ${path('run.sh')}`, '/dev/null'], {
    env: { PATH: process.env['PATH'], HOME: folder, TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const emulator = createEmulator(columns, rows);
  const chunks: Buffer[] = [];
  let written = Promise.resolve();
  child.stdout.on('data', (bytes: Buffer) => {
    chunks.push(bytes);
    written = written.then(() => emulator.write(bytes));
  });
  const programId = () => Number(readText(path('pid')));
  const ended = new Promise<SessionEnd>((done) => {
    child.on('close', (code) => {
      void written.then(() =>
        done({ code, before: readText(path('before')), after: readText(path('after')) }),
      );
    });
  });
  const session: Session = {
    emulator,
    raw: () => Buffer.concat(chunks).toString(),
    type: (text) => void child.stdin.write(text),
    resize: (newColumns, newRows) => {
      emulator.resize(newColumns, newRows);
      const tty = readText(path('tty')).trim();
      execFileSync('stty', ['-F', tty, 'rows', String(newRows), 'cols', String(newColumns)]);
    },
    until: async (what, holds) => {
      try {
        await waitUntil(what, () => holds(emulator.lines()) || undefined, {
          timeoutMs: 15_000,
          intervalMs: 5,
        });
      } catch (cause) {
        throw new Error(`${String(cause)}\nthe screen:\n${emulator.lines().join('\n')}`, { cause });
      }
    },
    signal: (signal) => void process.kill(programId(), signal),
    ended,
  };
  const kill = () => {
    for (const id of [programId(), child.pid ?? 0].filter((one) => one > 0 && child.exitCode === null)) {
      try {
        process.kill(id, 'SIGKILL');
      } catch {
        // It has ended already.
      }
    }
  };
  return { session, kill };
}
