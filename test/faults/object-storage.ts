// What a fake API server remembers: objects, the numbered history of their changes, and who wants to hear of the next one.

/** An object as it is stored. */
export interface StoredObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid: string;
    resourceVersion: string;
    annotations?: Record<string, string>;
    labels?: Record<string, string>;
  };
  status?: Record<string, unknown>;
  [field: string]: unknown;
}

/** One change, under its number. */
export interface StoredEvent {
  revision: number;
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: StoredObject;
}

/** A page of a list. */
export interface StoredPage {
  items: StoredObject[];
  revision: number;
  /** Of the next page. */
  token: string | undefined;
  remaining: number;
}

/** All objects of one moment, for the pages of one list. */
interface Snapshot {
  id: string;
  revision: number;
  all: StoredObject[];
}

/** One collection: what is behind `/apis/apps/v1/deployments`. */
export class ObjectStorage {
  /** The number of the last change. */
  revision = 100;
  /** Watches and pages from before this number are refused with 410. */
  compactedRevision = 0;
  readonly objects = new Map<string, StoredObject>();
  readonly history: StoredEvent[] = [];
  readonly #kind: { apiVersion: string; kind: string };
  readonly #listeners = new Set<(event: StoredEvent) => void>();
  readonly #owned = new Map<string, Map<string, readonly string[]>>();
  readonly #snapshots = new Map<string, Snapshot>();
  #uids = 0;
  #lists = 0;

  constructor(kind: { apiVersion: string; kind: string }) {
    this.#kind = kind;
  }

  /** Creates or changes `namespace/name`; what is left out of `fields` goes. */
  put(key: string, fields: Record<string, unknown>): StoredObject {
    const before = this.objects.get(key);
    const [name = '', namespace] = key.split('/').reverse();
    this.revision += 1;
    const object: StoredObject = {
      ...this.#kind,
      metadata: {
        name,
        ...(namespace === undefined ? {} : { namespace }),
        uid: before?.metadata.uid ?? `uid-${++this.#uids}`,
        resourceVersion: String(this.revision),
      },
      ...fields,
    };
    this.objects.set(key, object);
    this.#record(before === undefined ? 'ADDED' : 'MODIFIED', object);
    return object;
  }

  /** Whether there was one. Its last state gets the number of its deletion, as in Kubernetes. */
  delete(key: string): boolean {
    const before = this.objects.get(key);
    if (before === undefined) return false;
    this.objects.delete(key);
    this.#owned.delete(key);
    this.revision += 1;
    const metadata = { ...before.metadata, resourceVersion: String(this.revision) };
    this.#record('DELETED', { ...before, metadata });
    return true;
  }

  /** Server-side apply of a status, as far as it matters here: a manager's top-level fields are replaced by those that it sends now. */
  applyStatus(
    key: string,
    manager: string,
    status: Readonly<Record<string, unknown>>,
  ): StoredObject | undefined {
    const before = this.objects.get(key);
    if (before === undefined) return undefined;
    const managers = this.#owned.get(key) ?? new Map<string, readonly string[]>();
    const lost = (managers.get(manager) ?? []).filter((field) => !(field in status));
    const kept = Object.entries(before.status ?? {}).filter(([field]) => !lost.includes(field));
    this.#owned.set(key, managers.set(manager, Object.keys(status)));
    const next = { ...Object.fromEntries(kept), ...status };
    if (JSON.stringify(next) === JSON.stringify(before.status)) return before;
    const { apiVersion: _, kind: __, metadata: ___, ...fields } = before;
    return this.put(key, { ...fields, status: next });
  }

  /** Forgets what came before. */
  compact(): void {
    this.compactedRevision = this.revision;
    this.history.length = 0;
    this.#snapshots.clear();
  }

  /** A page in the order of keys. All pages of a list are of one moment; a token from before a compaction is 'expired'. */
  page(
    limit: number,
    token: string | undefined,
    fits: (object: StoredObject) => boolean,
  ): StoredPage | 'expired' {
    const [list = '', start = '0'] = token?.split('-') ?? [];
    const snapshot = token === undefined ? this.#takeSnapshot(fits) : this.#snapshots.get(list);
    if (snapshot === undefined) return 'expired';
    const { id, revision, all } = snapshot;
    const end = Number(start) + limit;
    return {
      items: all.slice(Number(start), end),
      revision,
      token: end < all.length ? `${id}-${end}` : undefined,
      remaining: Math.max(0, all.length - end),
    };
  }

  /** Hears of every change from now on; call what it returns to hear no more. */
  subscribe(listener: (event: StoredEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #takeSnapshot(fits: (object: StoredObject) => boolean): Snapshot {
    const id = String(this.#lists++);
    const all = [...this.objects]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, object]) => object)
      .filter(fits);
    const snapshot = { id, revision: this.revision, all };
    this.#snapshots.set(id, snapshot);
    return snapshot;
  }

  #record(type: StoredEvent['type'], object: StoredObject): void {
    const event = { revision: this.revision, type, object };
    this.history.push(event);
    for (const listener of [...this.#listeners]) listener(event);
  }
}

/** `namespace/name`, or `name`. */
export function keyOf({ metadata: { name, namespace } }: StoredObject): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}
