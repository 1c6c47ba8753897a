// What to write to a terminal so that its screen shows given lines: only the lines that differ from what is there.
import { cutPainted } from '../width.ts';

/** Of a window, in characters. */
export interface ScreenSize {
  columns: number;
  rows: number;
}

/** Knows what the screen shows; returns what is to be written to it. */
export interface ScreenWriter {
  /** Takes the alternate screen, empty, without cursor; nothing wraps there, so that a character that is wider than expected moves no line. */
  enter(): string;
  /** Lines without line breaks; what does not fit the window is left out. Empty where the screen shows them already. */
  draw(lines: readonly string[], size: ScreenSize): string;
  /** Somebody else may have written: the next drawing begins with an empty screen. */
  invalidate(): void;
  /** Gives back the screen that was there before. */
  leave(): string;
}

const ENTER = '\x1b[?1049h\x1b[?7l\x1b[?25l';
const LEAVE = '\x1b[m\x1b[?7h\x1b[?1049l\x1b[?25h';
const CLEAR = '\x1b[2J';
/** Terminals that know it show what stands between at once; the others pass it over. */
const BEGIN = '\x1b[?2026h\x1b[m';
const END = '\x1b[?2026l';

/** A writer for a screen that it has not entered yet. */
export function createScreenWriter(): ScreenWriter {
  let shown: readonly string[] | undefined;
  let shownSize: ScreenSize = { columns: 0, rows: 0 };
  return {
    enter: () => {
      shown = undefined;
      return ENTER;
    },
    draw: (lines, size) => {
      const isSameSize = size.columns === shownSize.columns && size.rows === shownSize.rows;
      const before = isSameSize ? shown : undefined;
      const next = lines.slice(0, size.rows).map((line) => cutPainted(line, size.columns));
      const text = replaceLines(before ?? [], next);
      shown = next;
      shownSize = { ...size };
      if (before === undefined) return BEGIN + CLEAR + text + END;
      return text === '' ? '' : BEGIN + text + END;
    },
    invalidate: () => {
      shown = undefined;
    },
    leave: () => LEAVE,
  };
}

function replaceLines(before: readonly string[], next: readonly string[]): string {
  let text = '';
  for (let row = 0; row < Math.max(before.length, next.length); row += 1) {
    const line = next[row] ?? '';
    if (line === (before[row] ?? '')) continue;
    // Erased before it is written: behind a line as long as the window, the cursor stands on its last character.
    text += `\x1b[${row + 1};1H\x1b[K${line}`;
  }
  return text;
}
