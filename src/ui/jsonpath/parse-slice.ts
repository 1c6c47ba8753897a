// What stands between square brackets: an index, a slice, a key in quotes.
import type { Node, SliceBound } from './node.ts';
import { createTemplateError } from './template-error.ts';

const SLICE = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/;
const MAX_INDEX = 2 ** 31;

/** `'a\.b'` without its quotes; undefined where it is no key. */
export function readKey(text: string): string | undefined {
  return /^'([^']*)'$/.exec(text)?.[1];
}

/** `2`, `-1`, `1:3`, `::2`, `*`. @throws DorguError BadTemplate */
export function parseSlice(text: string): Node {
  const match = SLICE.exec(text === '*' ? ':' : text);
  if (match === null) throw createTemplateError(`invalid array index ${text}`);
  const [, first = '', second, third] = match;
  const start = first === '' ? unknown : known(first);
  const end =
    second === undefined ? { value: start.value + 1, isKnown: true, isDerived: true } : after(second);
  return { kind: 'slice', start, end, step: third === undefined ? unknown : after(third) };
}

const unknown: SliceBound = { value: 0, isKnown: false, isDerived: false };

/** A bound with the colon before it. */
const after = (text: string) => (text === ':' ? unknown : known(text.slice(1)));

function known(text: string): SliceBound {
  const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Math.abs(value) <= MAX_INDEX) return { value, isKnown: true, isDerived: false };
  throw createTemplateError(`array index ${text} is not a number`);
}
