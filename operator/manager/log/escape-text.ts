// Makes foreign text harmless in a log that people read on a terminal.

/** Control characters, what is invisible or reorders text, line and paragraph separators, halves of surrogate pairs. */
const harmful = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The text with every harmful character as JSON would escape it (`\u001b`): JSON stays the same JSON, and everything is one line. */
export function escapeText(text: string): string {
  return text.replace(harmful, (character) =>
    Array.from(
      { length: character.length },
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}
