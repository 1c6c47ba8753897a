// All that has been learnt, and how the source of it is doing: filled by the sampling, read by the status of personas.
import { createUsageHistory } from '../../src/sizing/usage-history.ts';
import type { UsageSample, WorkloadKey } from '../../src/sizing/usage.ts';
import { collectSteps, createBreather } from './breather.ts';
import { Coverage, type WindowSpan } from './coverage.ts';
import { KillMemory } from './kill-memory.ts';
import { OwnerMemory } from './owner-memory.ts';
import type { FeedFailure, UsageFeed } from './usage-feed.ts';
import { toText } from './workload-of-pod.ts';

/** Names of pods whose owners are unknown that are kept to say so: enough to tell what is the matter. */
const mostUnowned = 10_000;

/** What a checkpoint holds. */
export interface Remembered {
  chunks: readonly Uint8Array[];
  coverage: string;
  kills: string;
}

/** What is to be written into a checkpoint, made when it is asked for. */
export interface Remembering {
  /** The days before today. */
  past: () => Promise<Uint8Array[]>;
  /** Another one where `past` may give something else. */
  pastVersion: string;
  today: () => Promise<Uint8Array[]>;
  coverage: string;
  kills: string;
}

/** Samples that are taken in at a time. */
const samplesAtOnce = 500;
const dayMs = 86_400_000;

/** Of one operator while it leads. */
export class Knowledge {
  readonly owners = new OwnerMemory();
  kills = new KillMemory();
  coverage = new Coverage();
  history = createUsageHistory();
  /** Something has been learnt since {@link remember}. */
  isDirty = false;
  /** Whether the source answers; undefined while it has not been asked. */
  state: { failure: FeedFailure | undefined } | undefined;
  /** How often days before today have changed. */
  #pastChanges = 0;
  /** `namespace/pod` of the newest window. */
  #unowned = new Set<string>();

  /** Begins anew, from a checkpoint where there is one; what of it could not be used, one line each. Never throws. */
  async restore(remembered: Remembered | undefined): Promise<readonly string[]> {
    this.kills = new KillMemory();
    this.coverage = new Coverage();
    this.history = createUsageHistory();
    this.isDirty = false;
    if (remembered === undefined) return [];
    const problems = await this.#decode(remembered.chunks);
    // What is missing has to be asked for again; what is not counts once.
    if (problems.length === 0) this.coverage = Coverage.parse(remembered.coverage);
    return [...problems, ...this.#restoreKills(remembered.kills)];
  }

  async #decode(chunks: readonly Uint8Array[]): Promise<string[]> {
    const breathe = createBreather();
    const problems: string[] = [];
    for (const [place, chunk] of chunks.entries()) {
      problems.push(...this.history.decode([chunk], place).problems);
      await breathe();
    }
    return problems;
  }

  #restoreKills(text: string): string[] {
    try {
      this.kills.addJson(text);
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  }

  /** For a checkpoint. */
  remember(nowMs: number): Remembering {
    this.isDirty = false;
    return {
      past: () => collectSteps(this.history.encodeHalf('past', nowMs)),
      pastVersion: `${Math.floor(nowMs / dayMs)}/${this.#pastChanges}`,
      today: () => collectSteps(this.history.encodeHalf('today', nowMs)),
      coverage: this.coverage.toText(),
      kills: this.kills.toJson(),
    };
  }

  /**
   * Takes one slice of samples in, a few at a time, until the signal aborts. `isNewest`: what is unknown of their pods is news. Windows of days that are over
   * change what a checkpoint has of the past.
   */
  async record(
    samples: readonly UsageSample[],
    { source }: Pick<UsageFeed, 'source'>,
    { isNewest, nowMs, signal }: { isNewest: boolean; nowMs: number; signal: AbortSignal },
  ): Promise<void> {
    const breathe = createBreather();
    const unowned = new Set<string>();
    const today = Math.floor(nowMs / dayMs) * dayMs;
    for (let at = 0; at < samples.length && !signal.aborted; at += samplesAtOnce) {
      const some = samples.slice(at, at + samplesAtOnce);
      for (const { key, samples: own } of this.#group(some, unowned)) this.history.record(key, own, source);
      if (some.some(({ atMs }) => atMs <= today)) this.#pastChanges += 1;
      await breathe();
    }
    if (signal.aborted) return;
    if (isNewest) this.#unowned = unowned;
    if (samples.length > 0) this.isDirty = true;
  }

  #group(samples: readonly UsageSample[], unowned: Set<string>) {
    const byWorkload = new Map<string, { key: WorkloadKey; samples: UsageSample[] }>();
    for (const sample of samples) {
      const key = this.owners.find(sample.namespace, sample.pod);
      if (key === 'unknown' && unowned.size < mostUnowned) unowned.add(`${sample.namespace}/${sample.pod}`);
      if (key === undefined || key === 'unknown') continue;
      const text = toText(key);
      const group = byWorkload.get(text) ?? { key, samples: [] };
      group.samples.push(sample);
      byWorkload.set(text, group);
    }
    return byWorkload.values();
  }

  /** The windows have been asked for, whatever there was. */
  settle(span: WindowSpan, nowMs: number): void {
    this.coverage.add(span);
    this.coverage.trim(nowMs);
    this.isDirty = true;
  }

  /** Whether pods that are called like this workload's were measured, and nobody says whose they are. */
  hasUnowned({ namespace, name }: WorkloadKey): boolean {
    const prefix = `${namespace}/${name}-`;
    for (const pod of this.#unowned) if (pod.startsWith(prefix)) return true;
    return false;
  }

  /** Lets go of what is older than eight days. */
  forgetOld(nowMs: number): void {
    this.owners.forgetOld(nowMs);
    this.kills.forgetOld(nowMs);
    this.history.forgetOld(nowMs);
  }
}
