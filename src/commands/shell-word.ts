// Puts a word into a command line that a person can copy into a shell.

/** As it is where that is safe, else in single quotes (POSIX shells). */
export function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
