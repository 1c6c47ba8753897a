// When the source is asked for what: each window once it is over, and, one after the other and with pauses, those of the last eight days that are missing.
import type { Clock } from '../manager/clock.ts';
import { sampleWindowMs } from '../../src/sizing/usage.ts';
import { newestWindowEnd, type WindowSpan } from './coverage.ts';
import type { Knowledge } from './knowledge.ts';
import { FeedFailure, type UsageFeed } from './usage-feed.ts';

/** An hour: the newest one makes a baseline. */
const mostWindowsAtOnce = 12;
/** A source that has failed is asked again; its client has a breaker of its own. */
const retryMs = 30_000;
/** Between two spans of the past: at least so long, and at least twice as long as the last one took. */
const leastPauseMs = 1000;
const tidyEveryMs = 3_600_000;

/** What it is made of. */
export interface SamplingParts {
  feed: UsageFeed;
  knowledge: Knowledge;
  clock: Clock;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Called after each answer, and when the source begins or ceases to fail. */
  onLearnt: (news: { isNewest: boolean; isChanged: boolean }) => void;
  /** Called for what is no fault of the source. */
  onError: (error: unknown) => void;
  /** Called between questions. Never rejects. */
  rest: () => Promise<void>;
}

/** What may be done next. */
type Step = { what: 'read'; span: WindowSpan; isNewest: boolean } | { what: 'wait'; ms: number };

/** Asks until the signal aborts. Never rejects. */
export async function keepSampling(parts: SamplingParts, signal: AbortSignal): Promise<void> {
  const progress = new Progress(parts);
  while (!signal.aborted) {
    const step = progress.next();
    if (step.what === 'wait') await pause(parts.clock, step.ms, signal);
    else await progress.read(step.span, step.isNewest, signal);
    await parts.rest();
  }
}

class Progress {
  readonly #parts: SamplingParts;
  /** Nothing is asked for before. */
  #notBeforeMs = 0;
  /** Nothing of the past is asked for before. */
  #pastNotBeforeMs = 0;
  #failures = 0;
  #tidiedMs = 0;

  constructor(parts: SamplingParts) {
    this.#parts = parts;
  }

  next(): Step {
    const { feed, knowledge, now } = this.#parts;
    const nowMs = now();
    const due = newestWindowEnd(nowMs, feed.lagMs);
    const nextDueMs = due + sampleWindowMs + feed.lagMs;
    if (nowMs < this.#notBeforeMs) return { what: 'wait', ms: this.#notBeforeMs - nowMs };
    if (!knowledge.coverage.has(due)) return { what: 'read', span: this.#newestSpan(due), isNewest: true };
    const gap = feed.hasPast ? knowledge.coverage.findNewestGap(due, mostWindowsAtOnce) : undefined;
    if (gap === undefined) return { what: 'wait', ms: nextDueMs - nowMs };
    if (nowMs < this.#pastNotBeforeMs)
      return { what: 'wait', ms: Math.min(this.#pastNotBeforeMs, nextDueMs) - nowMs };
    return { what: 'read', span: gap, isNewest: false };
  }

  async read(span: WindowSpan, isNewest: boolean, signal: AbortSignal): Promise<void> {
    const { now, onError } = this.#parts;
    const startedMs = now();
    try {
      // A question that hangs is not waited for when all of it ends.
      await orAborted(this.#take(span, isNewest, signal), signal);
      if (signal.aborted) return;
      this.#succeed(isNewest);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof FeedFailure)) onError(error);
      this.#fail(error, isNewest);
    }
    const tookMs = now() - startedMs;
    this.#pastNotBeforeMs = now() + Math.max(leastPauseMs, 2 * tookMs);
    this.#tidy();
  }

  async #take(span: WindowSpan, isNewest: boolean, signal: AbortSignal): Promise<void> {
    const { feed, knowledge, now } = this.#parts;
    knowledge.owners.remember(await feed.owners(span), now());
    for await (const samples of feed.read(span)) {
      // What was begun in another term of leading is nobody's any more.
      if (signal.aborted) return;
      await knowledge.record(samples, feed, { isNewest, nowMs: now(), signal });
    }
    if (!signal.aborted) knowledge.settle(span, now());
  }

  /** With the windows before it that are missing, where they can still be had. */
  #newestSpan(due: number): WindowSpan {
    const { feed, knowledge } = this.#parts;
    const gap = feed.hasPast ? knowledge.coverage.findNewestGap(due, mostWindowsAtOnce) : undefined;
    return gap ?? { fromMs: due - sampleWindowMs, toMs: due };
  }

  #succeed(isNewest: boolean): void {
    const { knowledge, onLearnt } = this.#parts;
    const isChanged = knowledge.state === undefined || knowledge.state.failure !== undefined;
    this.#failures = 0;
    knowledge.state = { failure: undefined };
    onLearnt({ isNewest, isChanged });
  }

  /** One failure of a source that has answered before is no news yet. */
  #fail(error: unknown, isNewest: boolean): void {
    const { knowledge, now, onLearnt, feed } = this.#parts;
    this.#failures += 1;
    const isFinal = !feed.hasPast && isNewest;
    this.#notBeforeMs = isFinal ? newestWindowEnd(now(), 0) + sampleWindowMs : now() + retryMs;
    if (!(error instanceof FeedFailure)) return;
    if (this.#failures < 2 && knowledge.state !== undefined) return;
    const before = knowledge.state?.failure;
    // The words stay as long as the reason does: those of a time that passes would be news each time.
    if (before?.reason === error.reason) return;
    knowledge.state = { failure: error };
    onLearnt({ isNewest: true, isChanged: true });
  }

  #tidy(): void {
    const nowMs = this.#parts.now();
    if (nowMs - this.#tidiedMs < tidyEveryMs) return;
    this.#tidiedMs = nowMs;
    this.#parts.knowledge.forgetOld(nowMs);
  }
}

/** Ends with the work, or with the signal. */
function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => resolve();
    signal.addEventListener('abort', end, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}

function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.setTimer(end, Math.max(1, ms));
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
  });
}
