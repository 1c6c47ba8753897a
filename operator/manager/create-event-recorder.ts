// Writes Events behind everybody's back: equal ones counted, talkative objects cut short, failures never felt.
import { randomBytes } from 'node:crypto';
import { Counter } from 'prom-client';
import type { KubeClient } from '../../src/kube/client.ts';
import { KubeError } from '../../src/kube/kube-error.ts';
import { pathOf, resources } from '../../src/kube/resources.ts';
import type { Component } from './component.ts';
import { eventNamespace, toEventMessage, toEventObject, type EventReporter } from './event/event-object.ts';
import { TokenBuckets } from './event/token-buckets.ts';
import type { EventFacts, EventRecorder } from './events.ts';
import { NotLeading, type Leadership } from './leadership.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';
import type { Permission } from './permission.ts';

/** What it is made of. */
export interface EventRecorderParts {
  client: KubeClient;
  leadership: Leadership;
  logger: Logger;
  metrics: Metrics;
  reporter: EventReporter;
  /** Milliseconds since the epoch. */
  now: () => number;
}

export const eventPermissions: readonly Permission[] = [
  {
    group: '',
    resource: 'events',
    verbs: ['create', 'patch'],
    why: 'tells as Events what has changed: of personas, of the cluster, of its own certificates',
  },
];

/** Equal Events of the last ten minutes. */
interface Entry {
  facts: EventFacts;
  message: string;
  count: number;
  lastAt: number;
  /** Once it stands on the server. */
  name: string | undefined;
}

/** Events that wait to be sent; more are dropped. */
const mostWaiting = 1000;
const mostRemembered = 4096;
/** An equal Event after this long is a new one. */
const rememberedMs = 600_000;
/** What is on its way when the operator stops gets so long. */
const flushMs = 500;
const requestTimeoutMs = 10_000;

/** A recorder. */
export function createEventRecorder(parts: EventRecorderParts): EventRecorder & Component {
  return new Recorder(parts);
}

class Recorder implements EventRecorder, Component {
  readonly name = 'events';
  readonly #parts: EventRecorderParts;
  readonly #dropped: Counter<'reason'>;
  readonly #entries = new Map<string, Entry>();
  readonly #waiting = new Set<Entry>();
  // As kubectl's readers are used to it from the kubelet: 25 at once, then one in five minutes.
  readonly #buckets = new TokenBuckets({ burst: 25, refillMs: 300_000, capacity: mostRemembered });
  #sending: Promise<void> | undefined;
  #isStopped = false;
  #hasWarned = false;

  constructor(parts: EventRecorderParts) {
    this.#parts = parts;
    this.#dropped = new Counter({
      name: 'dorgu_events_dropped_total',
      help: 'Events that were not written',
      labelNames: ['reason'],
      registers: [parts.metrics.registry],
    });
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  /** Sends what waits, for half a second at most. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    const limit = new Promise<void>((resolve) => setTimeout(resolve, flushMs).unref());
    await Promise.race([this.#sending ?? Promise.resolve(), limit]);
    this.#waiting.clear();
  }

  whyNotReady(): undefined {
    return undefined;
  }

  record(facts: EventFacts): void {
    if (this.#isStopped || !this.#parts.leadership.isLeader) return;
    const now = this.#parts.now();
    if (this.#waiting.size >= mostWaiting) this.#drop('queue');
    else if (this.#buckets.take(facts.object.uid, now)) this.#queue(this.#remember(facts, now));
    else this.#drop('rate');
  }

  #queue(entry: Entry): void {
    this.#waiting.add(entry);
    this.#sending ??= this.#sendAll().finally(() => (this.#sending = undefined));
  }

  #drop(reason: string): void {
    this.#dropped.inc({ reason });
  }

  /** The entry of equal Events, counted up. */
  #remember(facts: EventFacts, now: number): Entry {
    const message = toEventMessage(facts.message);
    const { object, type, reason } = facts;
    const key = JSON.stringify([object.uid, object.kind, object.name, type, reason, message]);
    const before = this.#entries.get(key);
    this.#entries.delete(key);
    const isFresh = before === undefined || now - before.lastAt > rememberedMs;
    const entry = isFresh ? { facts, message, count: 0, lastAt: now, name: undefined } : before;
    entry.count += 1;
    entry.lastAt = now;
    this.#entries.set(key, entry);
    if (this.#entries.size > mostRemembered) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    return entry;
  }

  async #sendAll(): Promise<void> {
    // One after the other: Events are the last thing that should crowd an API server.
    for (;;) {
      await Promise.resolve();
      const [entry] = this.#waiting;
      if (entry === undefined) return;
      this.#waiting.delete(entry);
      try {
        await this.#send(entry);
        this.#hasWarned = false;
      } catch (error) {
        this.#fail(error, entry);
      }
    }
  }

  #fail(error: unknown, { facts }: Entry): void {
    this.#drop(error instanceof NotLeading ? 'follower' : 'error');
    // A namespace that is being deleted takes no Events; a right that is missing is told once.
    const isRepeated = this.#hasWarned || error instanceof NotLeading;
    this.#parts.logger[isRepeated ? 'debug' : 'warn']('An Event was not written', {
      reason: facts.reason,
      namespace: facts.object.namespace,
      name: facts.object.name,
      error,
    });
    this.#hasWarned = true;
  }

  async #send(entry: Entry): Promise<void> {
    if (entry.name !== undefined && (await this.#patch(entry, entry.name))) return;
    entry.name = undefined;
    const { client, leadership, reporter } = this.#parts;
    const { facts, message, lastAt } = entry;
    const suffix = `${lastAt.toString(16)}${randomBytes(3).toString('hex')}`;
    const body = toEventObject(facts, message, reporter, { suffix, at: toTime(lastAt) });
    const { body: created } = await client.request<{ metadata?: { name?: string } }>({
      method: 'POST',
      path: pathOf(resources.events, { namespace: eventNamespace(facts.object) }),
      body: { ...body, count: entry.count },
      signal: leadership.requireLeading(),
      timeoutMs: requestTimeoutMs,
    });
    entry.name = created.metadata?.name;
  }

  /** False where the Event has been cleaned up meanwhile. */
  async #patch({ facts, count, lastAt }: Entry, name: string): Promise<boolean> {
    const { client, leadership } = this.#parts;
    try {
      await client.request({
        method: 'PATCH',
        path: pathOf(resources.events, { namespace: eventNamespace(facts.object), name }),
        contentType: 'application/merge-patch+json',
        body: { count, lastTimestamp: toTime(lastAt) },
        signal: leadership.requireLeading(),
        timeoutMs: requestTimeoutMs,
      });
      return true;
    } catch (error) {
      if (error instanceof KubeError && error.httpStatus === 404) return false;
      throw error;
    }
  }
}

/** metav1.Time has whole seconds. */
function toTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
