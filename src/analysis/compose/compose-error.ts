// Errors of compose files: where, what was expected, what was found; foreign text is shown only where it is safe to show.
import { looksSecret } from '../../application/secret-names.ts';
import { DorguError } from '../../api/errors.ts';
import type { ComposeNode, Place } from './node.ts';

/** Codes of everything that a compose file can be refused for. */
export type ComposeErrorCode =
  | 'ComposeSyntax'
  | 'ComposeInvalid'
  | 'ComposeCycle'
  | 'ComposeTooLarge'
  | 'ComposeFileMissing'
  | 'PathOutsideApplication';

/** A {@link DorguError} at a place of a compose file: `compose.yaml:3:5: …`. */
export function createComposeError(
  code: ComposeErrorCode,
  place: Place,
  message: string,
  hint?: string,
): DorguError {
  return new DorguError(code, `${formatPlace(place)}: ${message}`, { hint });
}

/** `file:line:column`, the file's name made harmless. */
export function formatPlace({ file, line, column }: Place): string {
  return `${quote(file, false)}:${line}:${column}`;
}

/** What a node is, in words: `a list`, `the number 3`, `"abc"`; a text that looks secret stays unsaid. */
export function describeNode(node: ComposeNode): string {
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'mapping') return 'a mapping';
  if (node.value === null) return 'nothing';
  if (typeof node.value === 'string') return node.secrets === undefined ? showText(node.value) : 'a text';
  return typeof node.value === 'number' ? 'a number' : 'a boolean';
}

/** Foreign text for a message: quoted, short, without control characters; `a text` where it looks secret. */
export function showText(text: string): string {
  return looksSecret(text) ? 'a text' : quote(text, true);
}

function quote(text: string, isQuoted: boolean): string {
  // Control characters, and those that turn the direction of text: a terminal must not obey a file.
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
  const short = clean.length > 80 ? `${clean.slice(0, 77)}...` : clean;
  return isQuoted ? `"${short}"` : short;
}
