// Reads words, sentences and numbers out of foreign objects, bounded: what an item is made of.
import { fieldAt, textOf } from '../api/foreign-fields.ts';
import { maxSentenceLength, maxWordLength } from './limits.ts';

/** Control characters and line separators: an item's texts are of one line. */
const breaks = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

/** Most texts are. */
const plain = /^[\x20-\x7e]*$/;

/** A word or a name; empty where there is none. */
export function wordAt(value: unknown, ...path: string[]): string {
  return toLine(textOf(fieldAt(value, ...path)), maxWordLength);
}

/** What is written for people, on one line; empty where there is nothing. */
export function sentenceAt(value: unknown, ...path: string[]): string {
  return toLine(textOf(fieldAt(value, ...path)), maxSentenceLength);
}

/** A count: 0 where there is none, or none that can be. */
export function countAt(value: unknown, ...path: string[]): number {
  return findCount(value, ...path) ?? 0;
}

/** A count; undefined where there is none, or none that can be. */
export function findCount(value: unknown, ...path: string[]): number | undefined {
  const count = fieldAt(value, ...path);
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

/** `{[name]: text}`, or nothing where the text is empty. */
export function ifAny<N extends string>(name: N, text: string): { [K in N]?: string } {
  return text === '' ? {} : ({ [name]: text } as { [K in N]?: string });
}

function toLine(text: string, maxLength: number): string {
  if (text.length <= maxLength && plain.test(text)) return text;
  const line = text.slice(0, 2 * maxLength).replaceAll(breaks, ' ');
  const cut = line.length > maxLength ? `${line.slice(0, maxLength - 3)}...` : line;
  return cut.toWellFormed();
}
