// From CMD, ENTRYPOINT and HEALTHCHECK as written to argv.
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
