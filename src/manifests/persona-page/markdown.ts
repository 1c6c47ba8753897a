// Free text of the application as Markdown: nothing of it is markup, and nothing breaks a line, a cell or a fence.
import type { Evidence } from '../../application/fact.ts';
import { toOneLine } from '../yaml-text.ts';

/** Text that stands in a sentence, cut at `maxLength` characters. */
export function toProse(text: string, maxLength = 200): string {
  return escapeMarkdown(toOneLine(text, maxLength));
}

/** Text as code: backticks in it would end it. */
export function toCode(text: string): string {
  return `\`${toOneLine(text).replaceAll('`', "'")}\``;
}

/** A table; empty cells are dashes, and their text is Markdown already. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell || '-').join(' | ')} |`;
  return [line(head), `| ${head.map(() => '---').join(' | ')} |`, ...rows.map(line), ''];
}

/** ` (src/server.js:39)`, or nothing where no line says so. */
export function citeFirst(evidence: readonly Evidence[]): string {
  const [first] = evidence;
  if (first === undefined) return '';
  return ` (${toProse(first.line === undefined ? first.file : `${first.file}:${first.line}`)})`;
}

/** `a`, `a and b`, `a, b and c`. */
export function joinWords(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** The text as a paragraph of its own: a capital, a full stop, and nothing at its beginning that would be a heading or a list. */
export function toParagraph(text: string): string {
  const line = text.trim().replace(/^(?=[-+=#>])|^(\d+)(?=[.)])/, '$1\\\\');
  if (line === '') return '';
  const whole = /[.!?…]$/.test(line) ? line : `${line}.`;
  return whole.charAt(0).toUpperCase() + whole.slice(1);
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<|~]/g, '\\$&');
}

const spellings: ReadonlyMap<string, string> = new Map([
  ['javascript', 'JavaScript'],
  ['typescript', 'TypeScript'],
  ['php', 'PHP'],
  ['csharp', 'C#'],
  ['fsharp', 'F#'],
  ['html', 'HTML'],
  ['cobol', 'COBOL'],
]);

/** A language as people spell it. */
export function spellLanguage(language: string): string {
  return spellings.get(language) ?? toProse(language.charAt(0).toUpperCase() + language.slice(1));
}
