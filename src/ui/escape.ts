// Makes foreign text harmless on a terminal: no escape sequence, no line break, no reordering gets through.

/**
 * Control characters, what is invisible or reorders text (bidirectional marks, embeddings, overrides, isolates, zero-width
 * characters, tags), line and paragraph separators, and halves of surrogate pairs.
 */
const HARMFUL = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The text with every harmful character written as an escape (`\x1b`, `\u202e`), on one line. */
export function escapeText(text: string): string {
  return text.replace(HARMFUL, formatCharacter);
}

/** As {@link escapeText}, but line breaks and tabs stay: for whole files and differences. */
export function escapeLines(text: string): string {
  return text.replace(HARMFUL, (character) =>
    character === '\n' || character === '\t' ? character : formatCharacter(character),
  );
}

function formatCharacter(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}
