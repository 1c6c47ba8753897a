// What is kept of an object: a few words to find it by, and the rest as one text, because ten thousand texts cost a collection of garbage next to nothing.
import { fieldAt, textOf } from '../../src/api/foreign-fields.ts';
import { lengthen, shorten } from './short-text.ts';

/** An object of a cache. Two that are equal in `text` are the same to everybody who reads it. */
export interface Watched {
  namespace: string;
  name: string;
  /** JSON, shortened: what is left of the object once what nobody reads is gone. */
  text: string;
}

/** Packs what is left of an object. Its texts are flat copies: nothing of the answer they came in stays alive. */
export function pack(object: unknown, rest: unknown): Watched {
  const namespace = textOf(fieldAt(object, 'metadata', 'namespace'));
  const name = textOf(fieldAt(object, 'metadata', 'name'));
  return { namespace, name, text: shorten(JSON.stringify(rest), { namespace, name }) };
}

/** The object again, as far as it was kept. */
export function unpack(watched: Watched): unknown {
  return JSON.parse(lengthen(watched.text, watched));
}

/** `namespace/what`, as indices and caches have it. */
export function within(namespace: string, what: string): string {
  return `${namespace}/${what}`;
}
