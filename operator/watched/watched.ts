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
  return {
    namespace: textOf(fieldAt(object, 'metadata', 'namespace')),
    name: textOf(fieldAt(object, 'metadata', 'name')),
    text: shorten(JSON.stringify(rest)),
  };
}

/** The object again, as far as it was kept. */
export function unpack({ text }: Watched): unknown {
  return JSON.parse(lengthen(text));
}

/** `namespace/what`, as indices and caches have it. */
export function within(namespace: string, what: string): string {
  return `${namespace}/${what}`;
}
