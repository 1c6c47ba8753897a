// The text between quotes of a template: Go's escapes, with single quotes allowed around it as well.
import { createTemplateError } from './template-error.ts';

const LETTERS = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
]);

/** An escape after its backslash: hexadecimal, octal, or any one character. */
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([^]?))/gu;

/** @param quoted with its quotes, `"\n"` @throws DorguError BadTemplate */
export function unquote(quoted: string): string {
  const quote = quoted.charAt(0);
  return quoted
    .slice(1, -1)
    .replace(
      ESCAPE,
      (escape, byte?: string, short?: string, long?: string, octal?: string, letter?: string) => {
        const digits = byte ?? short ?? long;
        if (digits !== undefined) return toCharacter(Number.parseInt(digits, 16), quoted);
        if (octal !== undefined) return toCharacter(Number.parseInt(octal, 8), quoted);
        const character = letter === quote ? quote : LETTERS.get(letter ?? '');
        if (character !== undefined) return character;
        throw createTemplateError(`unknown escape ${JSON.stringify(escape)} in ${JSON.stringify(quoted)}`);
      },
    );
}

function toCharacter(code: number, quoted: string): string {
  if (code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)) return String.fromCodePoint(code);
  throw createTemplateError(`there is no character ${code.toString(16)}, in ${JSON.stringify(quoted)}`);
}
