// Leader election by a Lease: who holds it writes; the others wait until it has not changed for as long as it lasts.
import { Gauge } from 'prom-client';
import type { KubeClient } from '../../src/kube/client.ts';
import { KubeError } from '../../src/kube/kube-error.ts';
import { systemClock, type Clock } from './clock.ts';
import type { Component } from './component.ts';
import { NotLeading, type Leadership } from './leadership.ts';
import { leaseName, LeaseStore, type LeaseState } from './lease/lease-object.ts';
import { Term } from './lease/term.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';

/** How an election goes. */
export interface LeaseOptions {
  client: KubeClient;
  namespace: string;
  /** Of this process alone: `hostname_uuid`. */
  identity: string;
  logger: Logger;
  metrics: Metrics;
  /** A Lease that has not changed for so long is free. */
  durationMs?: number;
  /** Who could not renew it for so long stops writing. Less than the duration. */
  renewDeadlineMs?: number;
  retryMs?: number;
  clock?: Clock;
  /** Milliseconds since the epoch; written for people, never compared. */
  now?: () => number;
  random?: () => number;
}

/** The longest that one request is waited for. */
const requestMs = 5000;
/** A release must not hold up the end of the process. */
const releaseMs = 1000;

/** Shows who leads, under client-go's name. */
function createStatusGauge(metrics: Metrics): Gauge<'name'> {
  const gauge = new Gauge({
    name: 'leader_election_master_status',
    help: 'Whether this process leads',
    labelNames: ['name'],
    registers: [metrics.registry],
  });
  gauge.set({ name: leaseName }, 0);
  return gauge;
}

/** Leads from its start to its stop: for an operator that is alone. */
export function createSoleLeadership(metrics: Metrics): Leadership & Component {
  const gauge = createStatusGauge(metrics);
  const aborter = new AbortController();
  const listeners: (() => void)[] = [];
  let isLeader = false;
  return {
    name: 'leadership',
    get isLeader() {
      return isLeader;
    },
    requireLeading: () => {
      if (!isLeader) throw new NotLeading('the operator does not run');
      return aborter.signal;
    },
    onAcquired: (listener) => {
      if (isLeader) listener();
      else listeners.push(listener);
    },
    start: () => {
      isLeader = true;
      gauge.set({ name: leaseName }, 1);
      for (const listener of listeners) listener();
      return Promise.resolve();
    },
    stop: () => {
      isLeader = false;
      aborter.abort(new NotLeading('the operator stops'));
      return Promise.resolve();
    },
    whyNotReady: () => undefined,
  };
}

/** Takes part in the election from its start to its stop. */
export function createLease(options: LeaseOptions): Leadership & Component {
  return new Lease(options);
}

class Lease implements Leadership, Component {
  readonly name = 'leadership';
  readonly #options: Required<LeaseOptions>;
  readonly #store: LeaseStore;
  readonly #gauge: Gauge<'name'>;
  readonly #listeners: (() => void)[] = [];
  #term: Term | undefined;
  /** The Lease as it was last seen, and when it was first seen so. */
  #seen: { state: LeaseState; at: number } | undefined;
  #acquiredAt: number | undefined;
  #isRunning = false;
  #cancel = (): void => undefined;
  #turn: Promise<void> = Promise.resolve();
  #failure: string | undefined;

  constructor(options: LeaseOptions) {
    this.#options = {
      durationMs: 15_000,
      renewDeadlineMs: 10_000,
      retryMs: 2000,
      clock: systemClock,
      now: Date.now,
      random: Math.random,
      ...options,
    };
    this.#store = new LeaseStore(options.client, options.namespace);
    this.#gauge = createStatusGauge(options.metrics);
  }

  get isLeader(): boolean {
    return this.#term !== undefined && this.#term.leftMs > 0;
  }

  requireLeading(): AbortSignal {
    const term = this.#term;
    if (term === undefined || term.leftMs === 0) throw new NotLeading('another replica leads, or none');
    return term.signal;
  }

  onAcquired(listener: () => void): void {
    this.#listeners.push(listener);
    if (this.isLeader) listener();
  }

  start(): Promise<void> {
    this.#isRunning = true;
    this.#take();
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    const { clock, logger, identity } = this.#options;
    this.#isRunning = false;
    this.#cancel();
    const patience = new Promise<void>((resolve) => void clock.setTimer(resolve, releaseMs / 2));
    await Promise.race([this.#turn, patience]);
    this.#term?.end('the operator stops');
    const state = this.#seen?.state;
    if (state?.holder !== identity) return;
    try {
      await this.#write(state, '', releaseMs);
    } catch (error) {
      logger.warn('The Lease was not released', { error });
    }
  }

  whyNotReady(): undefined {
    return undefined;
  }

  /** One turn now, and the next one when it is over. */
  #take(): void {
    this.#turn = this.#attempt().then(() => {
      if (!this.#isRunning) return;
      const { clock, retryMs, random } = this.#options;
      // Who waits looks a little more often, so that a Lease that was released is taken within two seconds.
      const pauseMs = this.#term === undefined ? retryMs * (0.4 + 0.4 * random()) : retryMs;
      this.#cancel = clock.setTimer(() => this.#take(), pauseMs);
    });
  }

  async #attempt(): Promise<void> {
    try {
      if (this.isLeader && this.#term !== undefined) await this.#renew(this.#term);
      else await this.#tryToAcquire();
      this.#failure = undefined;
    } catch (error) {
      // Somebody else was faster: what stands there now is read at once or at the next turn.
      const isLostRace = error instanceof KubeError && error.httpStatus === 409;
      const message = error instanceof Error ? error.message : String(error);
      const isNews = !isLostRace && message !== this.#failure;
      this.#options.logger[isNews ? 'warn' : 'debug']('The Lease cannot be kept', { error });
      if (!isLostRace) this.#failure = message;
    }
  }

  async #renew(term: Term): Promise<void> {
    const { clock, identity } = this.#options;
    const state = this.#seen?.state ?? (await this.#read());
    if (state.holder !== identity) {
      term.end(`${state.holder || 'nobody'} holds the Lease`);
      return;
    }
    const startedAt = clock.now();
    try {
      await this.#write(state, identity, Math.min(requestMs, Math.max(1, term.leftMs)));
      term.renew(startedAt);
    } catch (error) {
      // Its fate is unknown, or another has written: what stands there has to be read before the next write.
      this.#seen = undefined;
      if (error instanceof KubeError && error.httpStatus === 409) await this.#renew(term);
      else throw error;
    }
  }

  async #read(): Promise<LeaseState> {
    return this.#observe(await this.#store.read(requestMs));
  }

  async #tryToAcquire(): Promise<void> {
    const { clock, durationMs, identity } = this.#options;
    const state = await this.#read();
    const isFree = state.holder === '' || state.holder === identity;
    const seenAt = this.#seen?.at ?? clock.now();
    if (!isFree && clock.now() - seenAt < durationMs) return;
    const startedAt = clock.now();
    this.#acquiredAt = this.#options.now();
    await this.#write({ ...state, transitions: state.transitions + 1 }, identity, requestMs);
    if (this.#isRunning && clock.now() - startedAt < this.#options.renewDeadlineMs) this.#begin(startedAt);
  }

  /** What counts is when a change was seen here: the holder's clock may be off by minutes. */
  #observe(state: LeaseState): LeaseState {
    const isSame = this.#seen?.state.resourceVersion === state.resourceVersion;
    this.#seen = { state, at: isSame && this.#seen ? this.#seen.at : this.#options.clock.now() };
    return state;
  }

  async #write(state: LeaseState, holder: string, timeoutMs: number): Promise<void> {
    const { durationMs, now } = this.#options;
    const claim = {
      holder,
      // Whoever finds a released Lease need not wait.
      durationSeconds: holder === '' ? 1 : Math.max(1, Math.ceil(durationMs / 1000)),
      transitions: state.transitions,
      now: now(),
      acquiredAt: holder === '' ? undefined : this.#acquiredAt,
    };
    this.#observe(await this.#store.write(state, claim, timeoutMs));
  }

  #begin(startedAt: number): void {
    const { clock, renewDeadlineMs, logger, identity } = this.#options;
    this.#term = new Term({ clock, renewDeadlineMs, startedAt }, (reason) => {
      this.#term = undefined;
      this.#gauge.set({ name: leaseName }, 0);
      logger.info('Leading ends', { identity, reason });
    });
    this.#gauge.set({ name: leaseName }, 1);
    logger.info('Leading begins', { identity });
    for (const listener of this.#listeners) listener();
  }
}
