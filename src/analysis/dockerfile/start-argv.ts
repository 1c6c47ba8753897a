// From CMD and ENTRYPOINT as written to argv, and from argv to the line that a person would type.
import type { WrittenCommand } from './image-state.ts';
import { splitWords } from '../shell/words.ts';

/** A shell's syntax: what holds any of it needs the shell. */
const NEEDS_SHELL = /[;&|<>()$`*?~#!\n[\]{}]|^\s*\w+=/;

/** argv: JSON form as it is; a shell form that is a plain command line split into words, any other behind its shell. */
export function toArgv({ words, isShellForm, shell }: WrittenCommand): string[] {
  const [text = ''] = words;
  if (!isShellForm) return words;
  const line = text.trim().replace(/^exec\s+/, '');
  const plain = NEEDS_SHELL.test(line) || shell[0] !== '/bin/sh' ? undefined : splitWords(line);
  return plain ?? [...shell, text];
}

/** The command as one line for a person: `sh -c` is taken off, words with spaces are quoted. */
export function toCommandLine(argv: readonly string[]): string {
  const script = scriptOf(argv);
  if (script !== undefined) return script.trim().replace(/^exec\s+/, '');
  return argv.map(quoteWord).join(' ');
}

/** The script of `["/bin/sh", "-c", script]`, or undefined. */
export function scriptOf(argv: readonly string[]): string | undefined {
  const [shell = '', flag = '', script] = argv;
  const isShell = /(?:^|\/)(?:ba|da|a|z|k)?sh$/.test(shell) && /^-[a-z]*c$/.test(flag);
  return isShell && argv.length === 3 ? script : undefined;
}

function quoteWord(word: string): string {
  return word !== '' && /^[\w@%+=:,./${}-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
