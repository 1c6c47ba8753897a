// Makes text from a cluster fit for a status: without control characters, within the bounds of the schema.
import { maxLineLength, maxParagraphLength } from '../api/limits.ts';

/** What the schema's patterns refuse. */
const control = /\p{Cc}+/gu;

/** Most texts are: nothing to clean, and a character is a unit. */
const plain = /^[\x20-\x7e]*$/;

/** One line of at most {@link maxLineLength} characters; runs of control characters become one blank. */
export function toLine(text: string, maxLength: number = maxLineLength): string {
  return shorten(clean(text), maxLength);
}

/** A sentence or two, on one line, of at most `maxLength` characters. */
export function toParagraph(text: string, maxLength: number = maxParagraphLength): string {
  return shorten(clean(text), maxLength);
}

/** Foreign text is long at times: what is cut off anyway is not looked at. */
function clean(text: string): string {
  if (text.length <= 4 * maxParagraphLength && plain.test(text)) return text.trim();
  return text
    .slice(0, 4 * maxParagraphLength)
    .toWellFormed()
    .replaceAll(control, ' ')
    .trim();
}

/** The API server counts code points, and half of a pair is none. */
function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  if (plain.test(text)) return `${text.slice(0, maxLength - 3)}...`;
  const characters = Array.from(text);
  return characters.length <= maxLength ? text : `${characters.slice(0, maxLength - 3).join('')}...`;
}

/** `1 pod`, `3 pods`. */
export function formatCount(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

/** An instant as Kubernetes writes it: `2026-11-23T09:30:00Z`. */
export function formatInstant(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}

/** Milliseconds since 1970 of a foreign instant; undefined where it is none. */
export function parseInstant(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length > 64) return undefined;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
}
