// The subscriptions of one connection: asked for, allowed or not, ended.
import { DorguError } from '../../src/api/errors.ts';
import { KubeError } from '../../src/kube/kube-error.ts';
import type { StreamErrorCode, Topic } from '../../src/protocol/messages.ts';
import type { Freshness, Identity } from '../access/create-access.ts';
import type { Hub, Reader, Subscription, Wanted } from './hub.ts';
import type { StreamMetrics } from './metrics.ts';
import { describeMissing, type Rights } from './rights.ts';

/** What it is made of. */
export interface SubscriptionParts {
  hub: Pick<Hub, 'subscribe'>;
  rights: Rights;
  metrics: Pick<StreamMetrics, 'countForbidden'>;
  most: number;
  reader: Reader;
  /** Tells the client. */
  refuse: (about: Pick<Wanted, 'topic' | 'requestId'>, code: StreamErrorCode, message: string) => void;
}

interface Entry {
  wanted: Wanted;
  /** Undefined until it is known that it may be. */
  subscription?: Subscription;
  isOver?: boolean;
}

export const askLater = 'the API server could not be asked whether you may see this: try again';

/** Of one connection; told apart by `requestId`, without one by topic. */
export class Subscriptions {
  readonly #parts: SubscriptionParts;
  readonly #entries = new Map<string, Entry>();

  constructor(parts: SubscriptionParts) {
    this.#parts = parts;
  }

  /** Of each topic, those that are open. */
  *topics(): Iterable<Topic> {
    for (const { wanted, subscription } of this.#entries.values())
      if (subscription !== undefined) yield wanted.topic;
  }

  /** Asks whether that may be, and begins it. Never rejects: what is wrong is told. */
  async open(identity: Identity, wanted: Wanted): Promise<void> {
    const { most, rights, refuse } = this.#parts;
    const key = toKey(wanted);
    if (this.#entries.has(key)) {
      refuse(
        wanted,
        'invalid',
        'there is such a subscription already: name this one otherwise, by requestId',
      );
      return;
    }
    if (this.#entries.size >= most) {
      refuse(wanted, 'too-many', `expected at most ${most} subscriptions of one connection`);
      return;
    }
    const entry: Entry = { wanted };
    this.#entries.set(key, entry);
    try {
      const isAllowed = await rights.mayFollow(identity, wanted);
      if (entry.isOver === true) return;
      if (isAllowed) this.#begin(key, entry);
      else this.#forbid(key, entry);
    } catch {
      if (entry.isOver === true) return;
      this.#end(key, entry);
      refuse(wanted, 'unavailable', askLater);
    }
  }

  /** False where there is no such one. */
  close(which: Pick<Wanted, 'topic' | 'requestId'>): boolean {
    const key = toKey(which);
    const entry = this.#entries.get(key);
    if (entry?.wanted.topic !== which.topic) return false;
    this.#end(key, entry);
    return true;
  }

  closeAll(): void {
    for (const [key, entry] of this.#entries) this.#end(key, entry);
  }

  /** The connection has taken what was waiting. */
  drained(): void {
    for (const { subscription } of this.#entries.values()) subscription?.drained();
  }

  /** Asks anew whether all of it may be; what may not any more ends. Rejects where that cannot be known. */
  async recheck(identity: Identity, freshness: Freshness): Promise<void> {
    for (const [key, entry] of [...this.#entries]) {
      if (entry.subscription === undefined) continue;
      const isAllowed = await this.#parts.rights.mayFollow(identity, entry.wanted, freshness);
      if (!isAllowed && entry.isOver !== true) this.#forbid(key, entry);
    }
  }

  #begin(key: string, entry: Entry): void {
    try {
      entry.subscription = this.#parts.hub.subscribe(entry.wanted, this.#parts.reader);
    } catch (error) {
      // What is thrown otherwise is told by who has called.
      if (!(error instanceof DorguError) || error instanceof KubeError) throw error;
      this.#end(key, entry);
      this.#parts.refuse(entry.wanted, 'invalid', error.message);
    }
  }

  #forbid(key: string, entry: Entry): void {
    const { wanted } = entry;
    this.#end(key, entry);
    this.#parts.metrics.countForbidden(wanted.topic);
    this.#parts.refuse(wanted, 'forbidden', describeMissing(wanted));
  }

  #end(key: string, entry: Entry): void {
    entry.isOver = true;
    this.#entries.delete(key);
    entry.subscription?.close();
  }
}

function toKey({ topic, requestId }: Pick<Wanted, 'topic' | 'requestId'>): string {
  return requestId === undefined ? `topic ${topic}` : `id ${requestId}`;
}
