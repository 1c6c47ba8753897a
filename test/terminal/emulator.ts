// A terminal without a window: what a person would see of the bytes that a program writes.
import xterm from '@xterm/headless';

/** A character of the screen, with what makes it stand out. */
export interface ScreenCell {
  text: string;
  isReversed: boolean;
  /** The number of one of sixteen colours; -1 where it has the terminal's own. */
  colour: number;
}

/** An emulator; what is written is understood before `write` resolves. */
export interface Emulator {
  write(text: string | Uint8Array): Promise<void>;
  resize(columns: number, rows: number): void;
  /** The visible lines, blanks at their ends cut off, as many as the window has. */
  lines(): string[];
  /** All lines, those that were scrolled away first, empty ones at the end left out. */
  history(): string[];
  cells(row: number): ScreenCell[];
  /** Whether a program has the screen to itself. */
  isAlternate(): boolean;
  isCursorShown(): boolean;
  isWrapping(): boolean;
  cursor(): { column: number; row: number };
}

/** One of so many columns and rows. */
export function createEmulator(columns: number, rows: number): Emulator {
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 1000, allowProposedApi: true });
  let isCursorShown = true;
  // The emulator hides its cursor where nobody can ask; what is written for it is heard here.
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'h' }, (parameters) => {
    if (parameters.includes(25)) isCursorShown = true;
    return false;
  });
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'l' }, (parameters) => {
    if (parameters.includes(25)) isCursorShown = false;
    return false;
  });
  const read = (row: number) => terminal.buffer.active.getLine(row)?.translateToString(true) ?? '';
  return {
    write: (text) => new Promise((done) => terminal.write(text, done)),
    resize: (newColumns, newRows) => terminal.resize(newColumns, newRows),
    lines: () =>
      Array.from({ length: terminal.rows }, (_, row) => read(terminal.buffer.active.baseY + row).trimEnd()),
    history: () => {
      const all = Array.from({ length: terminal.buffer.active.length }, (_, row) => read(row).trimEnd());
      return all.slice(0, all.findLastIndex((line) => line !== '') + 1);
    },
    cells: (row) => {
      const line = terminal.buffer.active.getLine(terminal.buffer.active.baseY + row);
      return Array.from({ length: terminal.cols }, (_, column) => {
        const cell = line?.getCell(column);
        return {
          text: cell?.getChars() ?? '',
          isReversed: cell?.isInverse() !== undefined && cell.isInverse() !== 0,
          colour: cell?.isFgPalette() === true ? cell.getFgColor() : -1,
        };
      });
    },
    isAlternate: () => terminal.buffer.active.type === 'alternate',
    isCursorShown: () => isCursorShown,
    isWrapping: () => terminal.modes.wraparoundMode,
    cursor: () => ({ column: terminal.buffer.active.cursorX, row: terminal.buffer.active.cursorY }),
  };
}
