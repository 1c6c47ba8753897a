// Puts texts onto lines of a window: escaped, coloured, broken between words where they are too long.
import { escapeText } from '../../../ui/escape.ts';
import { measureWidth } from '../../../ui/width.ts';
import { foldWords } from '../../generate/fold-words.ts';
import { TEXT_COLUMN, type Tone, type Window } from './screen-model.ts';

/** Harmless on a terminal, and ASCII where the locale has no more. */
export function cleanText(text: string, { ellipsis }: Window): string {
  return escapeText(text).replaceAll('…', ellipsis);
}

/** Takes clean text. */
export function colourText(text: string, tone: Tone, { palette }: Window): string {
  return tone === undefined ? text : palette[tone](text);
}

/** As far to the right as it fits, at most at `column`: nothing is broken, so that it can be copied. */
export function placeUnder(text: string, column: number, { width }: Window): string {
  const fitting = [column, TEXT_COLUMN].find((indent) => indent + measureWidth(text) <= width) ?? 2;
  return ' '.repeat(Math.min(fitting, column)) + text;
}

/** Broken between words; what is inside of a line keeps its blanks where all fits. */
export function foldText(start: string, text: string, window: Window, tone?: Tone): string[] {
  if (measureWidth(start) + measureWidth(text) <= window.width)
    return [(start + colourText(text, tone, window)).trimEnd()];
  return foldWords(start, text.split(/ +/), window.width).map(
    (line) => line.slice(0, start.length) + colourText(line.slice(start.length), tone, window),
  );
}
