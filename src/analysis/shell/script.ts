// Command lines that a shell runs: the script in argv, and argv as the line that a person would type.

/** The script of `["/bin/sh", "-c", script]`, or undefined. */
export function scriptOf(argv: readonly string[]): string | undefined {
  const [shell = '', flag = '', script] = argv;
  const isShell = /(?:^|\/)(?:ba|da|a|z|k)?sh$/.test(shell) && /^-[a-z]*c$/.test(flag);
  return isShell && argv.length === 3 ? script : undefined;
}

/** The command as one line for a person: `sh -c` is taken off, words with spaces are quoted. */
export function toCommandLine(argv: readonly string[]): string {
  const script = scriptOf(argv);
  if (script !== undefined) return script.trim().replace(/^exec\s+/, '');
  return argv.map(quoteWord).join(' ');
}

function quoteWord(word: string): string {
  return word !== '' && /^[\w@%+=:,./${}-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
