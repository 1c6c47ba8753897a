// Objects by other values than their keys, kept up with every change.
import type { Change } from '../../../src/kube/watch/reflector.ts';

/** Values under which an object is found. */
export type IndexFunction<T> = (value: T, key: string) => readonly string[];

/** More than one object in one place. */
class Several<T> {
  readonly values: T[];

  constructor(values: T[]) {
    this.values = values;
  }
}

/** Nearly all places hold one object: a list for each would weigh more than the rest of the index. */
type Buckets<T> = Map<string, T | Several<T>>;

/** All indices of one cache. */
export class Indices<T> {
  readonly #indices: ReadonlyMap<string, { valuesOf: IndexFunction<T>; buckets: Buckets<T> }>;
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
    const bucket = found.buckets.get(value);
    if (bucket === undefined) return [];
    return bucket instanceof Several ? [...bucket.values] : [bucket];
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

function put<T>(buckets: Buckets<T>, place: string, value: T): void {
  const bucket = buckets.get(place);
  if (bucket === undefined) buckets.set(place, value);
  else if (bucket instanceof Several) bucket.values.push(value);
  else buckets.set(place, new Several([bucket, value]));
}

function remove<T>(buckets: Buckets<T>, place: string, value: T): void {
  const bucket = buckets.get(place);
  if (!(bucket instanceof Several)) {
    if (bucket === value) buckets.delete(place);
    return;
  }
  const position = bucket.values.lastIndexOf(value);
  const last = bucket.values.at(-1);
  if (position < 0 || last === undefined) return;
  bucket.values[position] = last;
  bucket.values.pop();
  const [only] = bucket.values;
  if (bucket.values.length === 1 && only !== undefined) buckets.set(place, only);
}
