// How many columns text takes on a terminal.

const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const EMOJI = /^\p{Emoji_Presentation}$/u;

/** First and last code point of the East Asian wide and fullwidth blocks (Unicode Standard Annex 11, in whole blocks). */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18aff],
  [0x1b000, 0x1b2ff],
  [0x20000, 0x3fffd],
];

/** Columns of escaped text without colour sequences: 0 for combining marks, 2 for wide characters and emoji, else 1. */
export function measureWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += measureCharacter(character);
  return width;
}

function measureCharacter(character: string): number {
  if (ZERO_WIDTH.test(character)) return 0;
  const code = character.codePointAt(0) ?? 0;
  const isWide = WIDE.some(([first, last]) => code >= first && code <= last);
  return isWide || EMOJI.test(character) ? 2 : 1;
}

/** Fills up with spaces to `width` columns; longer text stays as it is. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - measureWidth(text)));
}

/** As {@link padEnd}, on the left: for numbers. */
export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - measureWidth(text))) + text;
}

/** The text in at most `width` columns; where something had to go, `ellipsis` stands for it, if there is room for that. */
export function cutToWidth(text: string, width: number, ellipsis: string): string {
  if (measureWidth(text) <= width) return text;
  const mark = measureWidth(ellipsis) < width ? ellipsis : '';
  let room = width - measureWidth(mark);
  let kept = '';
  for (const character of text) {
    room -= measureCharacter(character);
    if (room < 0) break;
    kept += character;
  }
  return kept + mark;
}

const ESCAPE = '\x1b';
const SEQUENCE = new RegExp(`(${ESCAPE}\\[[0-9;]*m)`);

/** A line of escaped text and of colour sequences in at most `width` columns; the sequences stay. */
export function cutPainted(line: string, width: number): string {
  if (line.length <= width && /^[\x20-\x7e]*$/.test(line)) return line;
  let room = width;
  return line
    .split(SEQUENCE)
    .map((part, index) => {
      if (index % 2 === 1) return part;
      const kept = cutToWidth(part, room, '');
      // What no longer fits ends the line: no narrower character after it may slip in.
      room = kept === part ? room - measureWidth(kept) : 0;
      return kept;
    })
    .join('');
}
