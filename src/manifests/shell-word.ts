// A path as one word of a command that a person pastes into a shell.

/** Quoted where it needs to be. */
export function shellWord(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
