// Splits command lines into words as a shell does, without running or expanding anything.

/** A word as written, quotes and escapes included, and where it begins. */
export interface RawWord {
  word: string;
  start: number;
}

/** One piece of a word: double-quoted, single-quoted, escaped, plain; or a quote or escape that nothing follows. */
const PIECE = /"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'|\\([\s\S])|([^"'\\]+)|(["'\\])/g;
const COMMAND_END = /&&|\|\||[;|\n]/;

/** The words of a command line, quotes and escapes taken off; undefined where a quote is not closed. */
export function splitWords(line: string): string[] | undefined {
  const words: string[] = [];
  for (const { word } of splitRawWords(line, '\\')) {
    const text = unquoteWord(word);
    if (text === undefined) return undefined;
    // A backslash before a newline joins two lines, and is no word where it stands alone.
    if (!/^(?:\\\n)+$/.test(word)) words.push(text);
  }
  return words;
}

/** The words of each command of a script: what stands between `&&`, `||`, `;`, pipes and newlines. Quotes are taken off wherever they are. */
export function splitCommands(script: string): string[][] {
  return script
    .split(COMMAND_END)
    .map((command) => splitRawWords(command, '\\').map(({ word }) => word.replace(/["']/g, '')));
}

/**
 * The words of a line as written; an open quote runs to the end of the text. `escape` is a backslash but in a Dockerfile that
 * chose a backtick. `escapesInSingle`: ENV, LABEL and ARG see an escape inside single quotes too, which a shell does not.
 */
export function splitRawWords(text: string, escape: '\\' | '`', escapesInSingle = false): RawWord[] {
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

function findWordEnd(text: string, from: number, escape: string, escapesInSingle: boolean): number {
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

function unquoteWord(word: string): string | undefined {
  let text = '';
  for (const [, double, single, escaped, plain, stray] of word.matchAll(PIECE)) {
    if (stray !== undefined) return undefined;
    text += single ?? plain ?? unescape(escaped, double);
  }
  return text;
}

function unescape(escaped: string | undefined, quoted = ''): string {
  if (escaped !== undefined) return escaped === '\n' ? '' : escaped;
  return quoted.replace(/\\(["\\$`\n])/g, (_, letter: string) => (letter === '\n' ? '' : letter));
}
