// Splits text at white space outside quotes, without interpreting anything: words keep their quotes and escapes.
import type { EscapeCharacter } from './instruction.ts';

/** A word as written and where it begins. */
export interface RawWord {
  word: string;
  start: number;
}

/**
 * The words of a line; an open quote runs to the end of the text. `escapesInSingle`: ENV, LABEL and ARG see an escape inside
 * single quotes too, which a shell does not.
 */
export function splitRawWords(text: string, escape: EscapeCharacter, escapesInSingle = false): RawWord[] {
  const words: RawWord[] = [];
  let at = 0;
  while (at < text.length) {
    while (at < text.length && isSpace(text[at])) at++;
    if (at >= text.length) break;
    const start = at;
    at = findWordEnd(text, at, escape, escapesInSingle);
    words.push({ word: text.slice(start, at), start });
  }
  return words;
}

function findWordEnd(text: string, from: number, escape: EscapeCharacter, escapesInSingle: boolean): number {
  let quote: string | undefined;
  let at = from;
  for (; at < text.length; at++) {
    const character = text[at];
    if (character === escape && (quote !== "'" || escapesInSingle)) at++;
    else if (quote !== undefined) quote = character === quote ? undefined : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (isSpace(character)) return at;
  }
  return Math.min(at, text.length);
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}
