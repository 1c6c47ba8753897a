// What is known of a resource: values by key, changed by events or replaced by a list, each change told once.
import type { Identity } from './identity.ts';
import type { Change, ReflectorOptions } from './reflector.ts';

type StoreOptions<T> = Pick<ReflectorOptions<T>, 'project' | 'onChange' | 'onTrouble'>;

/** A list that is coming in, beside what is known. */
export interface Replacement {
  /** One object of the list, or a later state of it. */
  put(identity: Identity, object: unknown): void;
  /** It went while the list came. */
  remove(key: string): void;
  /** The list is whole: what it does not have is deleted, with the last known value; then what is new or has changed is told. */
  commit(): void;
}

/** What a list has of one object. */
interface Entry<T> {
  identity: Identity;
  value: T;
}

/** Values by key. Whoever is told of a change reads the new state already. */
export class ObjectStore<T> {
  readonly objects: ReadonlyMap<string, T>;
  /** Objects whose projection has thrown. */
  skipped = 0;
  readonly #values = new Map<string, T>();
  readonly #identities = new Map<string, Identity>();
  readonly #options: StoreOptions<T>;

  constructor(options: StoreOptions<T>) {
    this.objects = this.#values;
    this.#options = options;
  }

  /** Takes an event; false where it cannot be true: the deletion of another object than the one that is known. */
  apply(type: 'ADDED' | 'MODIFIED' | 'DELETED', identity: Identity, object: unknown): boolean {
    const known = this.#identities.get(identity.key);
    const isOther = known !== undefined && known.uid !== identity.uid;
    if (type === 'DELETED') {
      if (isOther) return false;
      this.#delete(identity.key);
      return true;
    }
    if (isOther) this.#delete(identity.key);
    else if (known?.resourceVersion === identity.resourceVersion) return true;
    const projected = this.#project(identity.key, object);
    if (projected === 'failed') return true;
    if (projected === undefined) this.#delete(identity.key);
    else this.#set({ identity, value: projected.value });
    return true;
  }

  /** Begins to take a list. Nothing changes until it is committed, and never if it is not. */
  beginList(): Replacement {
    const fresh = new Map<string, Entry<T>>();
    return {
      put: (identity, object) => {
        const entry = this.#toEntry(identity, object);
        if (entry === undefined) fresh.delete(identity.key);
        else fresh.set(identity.key, entry);
      },
      remove: (key) => void fresh.delete(key),
      commit: () => this.#replace(fresh),
    };
  }

  /** What the list has of an object: the value that is known where it is the same state, or where the new one cannot be projected. */
  #toEntry(identity: Identity, object: unknown): Entry<T> | undefined {
    const known = this.#find(identity.key, identity.uid);
    if (known?.identity.resourceVersion === identity.resourceVersion) return known;
    const projected = this.#project(identity.key, object);
    if (projected === 'failed') return known;
    return projected === undefined ? undefined : { identity, value: projected.value };
  }

  #find(key: string, uid: string): Entry<T> | undefined {
    const identity = this.#identities.get(key);
    if (identity?.uid !== uid) return undefined;
    return { identity, value: this.#values.get(key) as T };
  }

  #replace(fresh: ReadonlyMap<string, Entry<T>>): void {
    for (const [key, { uid }] of [...this.#identities])
      if (fresh.get(key)?.identity.uid !== uid) this.#delete(key);
    for (const [key, entry] of fresh)
      if (this.#identities.get(key)?.resourceVersion !== entry.identity.resourceVersion) this.#set(entry);
  }

  #set({ identity, value }: Entry<T>): void {
    const { key } = identity;
    const isKnown = this.#identities.has(key);
    const previous = this.#values.get(key);
    this.#identities.set(key, identity);
    this.#values.set(key, value);
    this.#tell(
      isKnown ? { type: 'updated', key, value, previous: previous as T } : { type: 'added', key, value },
    );
  }

  #delete(key: string): void {
    if (!this.#identities.delete(key)) return;
    const previous = this.#values.get(key) as T;
    this.#values.delete(key);
    this.#tell({ type: 'deleted', key, previous });
  }

  #project(key: string, object: unknown): { value: T } | 'failed' | undefined {
    try {
      const value = this.#options.project(object);
      return value === undefined ? undefined : { value };
    } catch (error) {
      this.skipped += 1;
      this.#options.onTrouble?.({ what: 'the projection has thrown', key, error });
      return 'failed';
    }
  }

  #tell(change: Change<T>): void {
    try {
      this.#options.onChange(change);
    } catch (error) {
      this.#options.onTrouble?.({ what: 'a listener has thrown', key: change.key, error });
    }
  }
}
