// Which lines of an ignore file are patterns: a path has an end, and the expression of a longer line could not be compiled.

/** Longer than any path that a system takes. */
const longestLine = 4096;

/** The lines of an ignore file, without those that no path can be. */
export function listIgnoreLines(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.length <= longestLine);
}
