// A line on the terminal that says what takes so long; nothing for work that is over within a second, nothing in a pipe.
import { escapeText } from './escape.ts';

/** Where the line goes. */
interface ProgressOutput {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
  columns?: number | undefined;
}

/** Shows the last text it was given; `stop` takes it away again. */
export interface Progress {
  update(text: string): void;
  stop(): void;
}

const CLEAR_LINE = '\r\x1b[K';
const INTERVAL_MS = 100;

/** `now` in milliseconds; the first `delayMs` stay silent. */
export function createProgress(
  output: ProgressOutput,
  { now = () => performance.now(), delayMs = 1000, isQuiet = false } = {},
): Progress {
  if (output.isTTY !== true || isQuiet) return { update: () => undefined, stop: () => undefined };
  const startedAt = now();
  let shownAt = -Infinity;
  return {
    update(text) {
      const at = now();
      if (at - startedAt < delayMs || at - shownAt < INTERVAL_MS) return;
      shownAt = at;
      output.write(CLEAR_LINE + escapeText(text).slice(0, (output.columns ?? 80) - 1));
    },
    stop() {
      if (shownAt !== -Infinity) output.write(CLEAR_LINE);
      shownAt = -Infinity;
    },
  };
}
