// The sampler: while this process leads, asks for the use of the whole cluster, learns from it, and keeps what it has learnt.
import { systemClock, type Clock } from '../manager/clock.ts';
import type { Component } from '../manager/component.ts';
import type { ControllerDeps } from '../manager/controller-deps.ts';
import { Checkpoint } from './checkpoint.ts';
import { Knowledge } from './knowledge.ts';
import { watchKills } from './kill-watch.ts';
import { LearnedController } from './learned-controller.ts';
import type { UsagePresence } from '../watched/usage-presence.ts';
import type { SamplerMetrics } from './sampler-metrics.ts';
import { keepSampling } from './sampling.ts';
import { SourceAbsent, type FeedFailure, type UsageFeed } from './usage-feed.ts';

/** What it is made of. */
export interface SamplerParts {
  /** Prometheus, or metrics.k8s.io; `signal` aborts when leading ends. */
  createFeed: (signal: () => AbortSignal) => UsageFeed;
  createMetrics: (workloads: () => number) => SamplerMetrics;
  /** Told whether there is a source at all. */
  presence?: UsagePresence;
  clock?: Clock;
  /** Between two checkpoints; 30 minutes. */
  checkpointIntervalMs?: number;
}

const defaultCheckpointIntervalMs = 1_800_000;
/** What is left of the five seconds that stopping may take. */
const lastCheckpointMs = 2500;

/** Made, not started. */
export function createSampler(deps: ControllerDeps, parts: SamplerParts): Component {
  return new Sampler(deps, parts);
}

class Sampler implements Component {
  readonly name = 'sampler';
  readonly #deps: ControllerDeps;
  readonly #parts: SamplerParts;
  readonly #knowledge: Knowledge;
  readonly #feed: UsageFeed;
  readonly #controller: LearnedController;
  readonly #metrics: SamplerMetrics;
  readonly #kills: { learnAll: () => void };
  readonly #ending = new AbortController();
  #checkpoint: Checkpoint;
  #checkpointDueMs = 0;
  #term = AbortSignal.abort();
  #running: Promise<void> = Promise.resolve();
  #isStarted = false;

  constructor(deps: ControllerDeps, parts: SamplerParts) {
    this.#deps = deps;
    this.#parts = parts;
    this.#knowledge = new Knowledge();
    this.#feed = parts.createFeed(() => this.#term);
    this.#controller = new LearnedController(deps, {
      knowledge: this.#knowledge,
      feed: this.#feed,
    });
    this.#metrics = parts.createMetrics(() => [...this.#knowledge.history.keys()].length);
    this.#checkpoint = this.#createCheckpoint();
    this.#kills = watchKills(deps.caches, this.#knowledge, (workload) => this.#controller.wake(workload));
  }

  async start(): Promise<void> {
    await this.#controller.start();
    this.#isStarted = true;
    this.#deps.leadership.onAcquired(() => {
      // What another has learnt meanwhile counts more than what this one still knows.
      this.#running = this.#running.then(() => this.#lead());
    });
  }

  async stop(): Promise<void> {
    if (!this.#isStarted) return;
    const lastWrite = AbortSignal.timeout(lastCheckpointMs);
    this.#ending.abort(new Error('the operator stops'));
    await Promise.all([this.#controller.stop(), this.#running]);
    if (this.#deps.leadership.isLeader) await this.#writeCheckpoint(lastWrite);
  }

  whyNotReady(): string | undefined {
    return this.#controller.whyNotReady();
  }

  #createCheckpoint(): Checkpoint {
    const { client, options } = this.#deps;
    return new Checkpoint({ client, namespace: options.namespace });
  }

  /** Until leading ends. Never rejects. */
  async #lead(): Promise<void> {
    const { leadership, now, logger } = this.#deps;
    if (!leadership.isLeader || this.#ending.signal.aborted) return;
    this.#term = AbortSignal.any([leadership.requireLeading(), this.#ending.signal]);
    const signal = this.#term;
    this.#knowledge.state = undefined;
    const [isKnown] = await Promise.all([this.#restore(signal), this.#probe()]);
    if (signal.aborted) return;
    this.#kills.learnAll();
    this.#controller.wakeAll({ isUrgent: true });
    this.#checkpointDueMs = isKnown ? now() + this.#checkpointIntervalMs : 0;
    await keepSampling(
      {
        feed: this.#feed,
        knowledge: this.#knowledge,
        clock: this.#parts.clock ?? systemClock,
        now,
        onLearnt: (news) => this.#learn(news),
        onError: (error) => logger.warn('Use cannot be read', { error }),
        rest: () => this.#restBetween(signal),
      },
      signal,
    );
  }

  /** Before the first statuses are written. Never rejects. */
  async #probe(): Promise<void> {
    try {
      await this.#feed.probe?.();
      this.#parts.presence?.settle('other');
    } catch (error) {
      if (error instanceof SourceAbsent) this.#parts.presence?.settle('absent');
      else this.#deps.logger.debug('The source of use cannot be looked for yet', { error });
    }
  }

  get #checkpointIntervalMs(): number {
    return this.#parts.checkpointIntervalMs ?? defaultCheckpointIntervalMs;
  }

  /** Whether anything was found. */
  async #restore(signal: AbortSignal): Promise<boolean> {
    const { logger } = this.#deps;
    this.#checkpoint = this.#createCheckpoint();
    try {
      const { remembered, problems } = await this.#checkpoint.read(signal);
      for (const problem of problems)
        logger.warn('A checkpoint of what was learnt cannot be used', { problem });
      for (const problem of await this.#knowledge.restore(remembered))
        logger.warn('A part of what was learnt cannot be used', { problem });
      if (remembered !== undefined)
        logger.info('What was learnt is known again', { windows: this.#knowledge.coverage.size });
      return remembered !== undefined;
    } catch (error) {
      if (!signal.aborted) logger.warn('What was learnt before cannot be read', { error });
      await this.#knowledge.restore(undefined);
      return false;
    }
  }

  #learn({ isNewest, isChanged }: { isNewest: boolean; isChanged: boolean }): void {
    const failure = this.#knowledge.state?.failure;
    this.#parts.presence?.settle(failure instanceof SourceAbsent ? 'absent' : 'other');
    if (failure === undefined) this.#metrics.answered(this.#deps.now());
    else this.#metrics.failed(failure.reason);
    if (isChanged) this.#tell(failure);
    if (isNewest || isChanged) this.#controller.wakeAll({ isUrgent: isChanged });
  }

  #tell(failure: FeedFailure | undefined): void {
    const { logger } = this.#deps;
    const { source } = this.#feed;
    if (failure === undefined) {
      logger.info('Use is measured', { source });
      return;
    }
    // Nobody asked for a Prometheus: then it is no trouble that there is none.
    const say = source === 'prometheus' ? 'warn' : 'info';
    logger[say]('Use cannot be measured', { source, reason: failure.reason, error: failure });
  }

  async #restBetween(signal: AbortSignal): Promise<void> {
    const nowMs = this.#deps.now();
    if (signal.aborted || !this.#knowledge.isDirty || nowMs < this.#checkpointDueMs) return;
    this.#checkpointDueMs = nowMs + this.#checkpointIntervalMs;
    await this.#writeCheckpoint(signal);
  }

  /** Never rejects. */
  async #writeCheckpoint(signal: AbortSignal): Promise<void> {
    const { logger, now } = this.#deps;
    if (!this.#knowledge.isDirty) return;
    try {
      const nowMs = now();
      const { bytes, isWhole } = await this.#checkpoint.write(this.#knowledge.remember(nowMs), nowMs, signal);
      this.#metrics.checkpoint('written', bytes);
      if (!isWhole)
        logger.warn('Only what was learnt today is written down: the rest is too large', { bytes });
      logger.debug('What was learnt is written down', { bytes });
    } catch (error) {
      this.#knowledge.isDirty = true;
      this.#metrics.checkpoint('failed', 0);
      logger.warn('What was learnt cannot be written down', { error });
    }
  }
}
