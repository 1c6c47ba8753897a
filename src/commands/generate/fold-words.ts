// Breaks a list of words at the window's width, the lines after the first indented as far as the first word.
import { measureWidth } from '../../ui/width.ts';

/** At least one line; a word is never broken. `width` Infinity gives one line. */
export function foldWords(start: string, words: readonly string[], width: number): string[] {
  const indent = ' '.repeat(measureWidth(start));
  const lines: string[] = [];
  let line = start;
  for (const [index, word] of words.entries()) {
    const isFirst = index === 0 || line === indent;
    if (!isFirst && measureWidth(line) + 1 + measureWidth(word) > width) {
      lines.push(line);
      line = indent + word;
    } else {
      line += isFirst ? word : ` ${word}`;
    }
  }
  return [...lines, line];
}
