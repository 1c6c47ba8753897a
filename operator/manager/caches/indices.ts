// Objects by other values than their keys, kept up with every change.
import type { Change } from '../../../src/kube/watch/reflector.ts';

/** Values under which an object is found. */
export type IndexFunction<T> = (value: T, key: string) => readonly string[];

/** All indices of one cache. */
export class Indices<T> {
  readonly #indices: ReadonlyMap<string, { valuesOf: IndexFunction<T>; buckets: Map<string, T[]> }>;
  readonly #onError: (index: string, error: unknown) => void;

  /** `onError` hears of a function that throws; the object is then in none of that index' places. */
  constructor(
    functions: Readonly<Record<string, IndexFunction<T>>>,
    onError: (index: string, error: unknown) => void,
  ) {
    const entries = Object.entries(functions);
    this.#indices = new Map(entries.map(([name, valuesOf]) => [name, { valuesOf, buckets: new Map() }]));
    this.#onError = onError;
  }

  /** @throws Error for an index that was not declared */
  find(index: string, value: string): readonly T[] {
    const found = this.#indices.get(index);
    if (found === undefined)
      throw new Error(
        `expected one of the indices ${[...this.#indices.keys()].join(', ')}, found ${JSON.stringify(index)}`,
      );
    return found.buckets.get(value)?.slice() ?? [];
  }

  apply(change: Change<T>): void {
    for (const [name, { valuesOf, buckets }] of this.#indices) {
      const list = (value: T): Set<string> => this.#list(name, valuesOf, value, change.key);
      if (change.type !== 'added')
        for (const place of list(change.previous)) remove(buckets, place, change.previous);
      if (change.type !== 'deleted')
        for (const place of list(change.value)) put(buckets, place, change.value);
    }
  }

  clear(): void {
    for (const { buckets } of this.#indices.values()) buckets.clear();
  }

  /** A function that names a value twice puts the object there once. */
  #list(index: string, valuesOf: IndexFunction<T>, value: T, key: string): Set<string> {
    try {
      return new Set(valuesOf(value, key));
    } catch (error) {
      this.#onError(index, error);
      return new Set();
    }
  }
}

function put<T>(buckets: Map<string, T[]>, place: string, value: T): void {
  const bucket = buckets.get(place);
  if (bucket === undefined) buckets.set(place, [value]);
  else bucket.push(value);
}

function remove<T>(buckets: Map<string, T[]>, place: string, value: T): void {
  const bucket = buckets.get(place);
  const position = bucket?.lastIndexOf(value) ?? -1;
  if (bucket === undefined || position < 0) return;
  const last = bucket.pop();
  if (last !== undefined && position < bucket.length) bucket[position] = last;
  if (bucket.length === 0) buckets.delete(place);
}
