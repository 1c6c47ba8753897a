// Warnings to the API server: short, few, and harmless in a header and in a terminal.
import { toPlainLine } from './plain-line.ts';

/** Longest warning, in UTF-8 bytes: the API server may cut longer ones. */
export const maxWarningBytes = 120;

/** Most bytes of all warnings together: beyond them the API server drops what follows. */
export const maxWarningsBytes = 4096;

/** The texts as warnings, in their order, until the room is used up; the last then says how many more there are. */
export function toWarnings(texts: readonly string[]): string[] {
  const warnings: string[] = [];
  let room = maxWarningsBytes;
  for (const [index, text] of texts.entries()) {
    const warning = cutBytes(toPlainLine(text), maxWarningBytes);
    const isLast = index === texts.length - 1;
    if (byteLength(warning) > room - (isLast ? 0 : moreBytes)) {
      return [...warnings, `and ${texts.length - index} more`];
    }
    warnings.push(warning);
    room -= byteLength(warning);
  }
  return warnings;
}

/** Room for the line that counts the rest. */
const moreBytes = 32;

/** The first items, and how many are left: `and 3 more`. */
export function capList(items: readonly string[], most: number): string[] {
  return items.length <= most ? [...items] : [...items.slice(0, most), `and ${items.length - most} more`];
}

function cutBytes(text: string, most: number): string {
  if (byteLength(text) <= most) return text;
  let kept = '';
  let bytes = byteLength('…');
  for (const character of text) {
    bytes += byteLength(character);
    if (bytes > most) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Of well-formed text, as UTF-8. */
function byteLength(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    // Each half of a surrogate pair stands for two of its four bytes.
    if (unit >= 0x80) bytes += unit >= 0x800 && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}
