// Splits a command line as a shell does: quotes and escapes, nothing expanded.

/** One piece of a word: quoted, escaped, plain; or the blank between words. */
const PIECE = /"((?:[^"\\]|\\[\s\S])*)"|'([^']*)'|\\([\s\S])|([^\s"'\\]+)|(\s+)|(["'\\])/g;

/** argv of a command line; undefined where a quote is not closed. */
export function splitCommand(line: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  for (const match of line.matchAll(PIECE)) {
    const [, double, single, escaped, plain, blank, stray] = match;
    if (stray !== undefined) return undefined;
    if (blank !== undefined) {
      words.push(...(word === undefined ? [] : [word]));
      word = undefined;
      continue;
    }
    word = `${word ?? ''}${single ?? plain ?? unescape(escaped, double)}`;
  }
  return word === undefined ? words : [...words, word];
}

// A backslash before a newline joins two lines.
function unescape(escaped: string | undefined, quoted = ''): string {
  if (escaped !== undefined) return escaped === '\n' ? '' : escaped;
  return quoted.replace(/\\(["\\$`\n])/g, (_, letter: string) => (letter === '\n' ? '' : letter));
}
