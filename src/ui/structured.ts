// Prints a value for programs: JSON or YAML, keys in the order they were given.
import { Document, Scalar, visit } from 'yaml';

/** What a terminal would obey, hide or reorder, and what neither format escapes of its own accord. */
const HARMFUL = /[\u007f-\u009f\p{Cf}\u2028\u2029]/u;
const EVERY_HARMFUL = new RegExp(HARMFUL, 'gu');

/** One document, ending with a line break. JSON is indented by two spaces. What a terminal would obey is written as an escape of the format. */
export function formatStructured(value: unknown, format: 'json' | 'yaml'): string {
  const json = JSON.stringify(value, null, 2);
  if (format === 'json') return `${json.replace(EVERY_HARMFUL, toJsonEscape)}\n`;
  // A detour through JSON drops what is undefined and calls toJSON, so that both formats hold the same.
  const document = new Document(JSON.parse(json), { aliasDuplicateObjects: false });
  if (HARMFUL.test(json)) visit(document, { Scalar: (_key, node) => quoteHarmful(node) });
  return document.toString({ lineWidth: 0 }).replace(EVERY_HARMFUL, toYamlEscape);
}

/** One JSON value on one line, with its end; what a terminal would obey is written as an escape. */
export function formatJsonLine(value: unknown): string {
  return `${JSON.stringify(value).replace(EVERY_HARMFUL, toJsonEscape)}\n`;
}

/** Escapes are only read between double quotes. */
function quoteHarmful(node: Scalar): void {
  if (typeof node.value === 'string' && HARMFUL.test(node.value)) node.type = Scalar.QUOTE_DOUBLE;
}

function toJsonEscape(character: string): string {
  return Array.from({ length: character.length }, (_, index) => toHex(character.charCodeAt(index))).join('');
}

function toYamlEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : toHex(code);
}

const toHex = (code: number) => `\\u${code.toString(16).padStart(4, '0')}`;
