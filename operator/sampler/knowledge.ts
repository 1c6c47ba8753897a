// All that has been learnt, and how the source of it is doing: filled by the sampling, read by the status of personas.
import { createUsageHistory } from '../../src/sizing/usage-history.ts';
import type { UsageSample, WorkloadKey } from '../../src/sizing/usage.ts';
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
  /** `namespace/pod` of the newest window. */
  #unowned = new Set<string>();

  /** Begins anew, from a checkpoint where there is one; what of it could not be used, one line each. Never throws. */
  restore(remembered: Remembered | undefined): readonly string[] {
    this.kills = new KillMemory();
    this.coverage = new Coverage();
    this.history = createUsageHistory();
    this.isDirty = false;
    if (remembered === undefined) return [];
    const { problems } = this.history.decode(remembered.chunks);
    // What is missing has to be asked for again; what is not counts once.
    if (problems.length === 0) this.coverage = Coverage.parse(remembered.coverage);
    return [...problems, ...this.#restoreKills(remembered.kills)];
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
  remember(): Remembered {
    this.isDirty = false;
    return {
      chunks: this.history.encode(),
      coverage: this.coverage.toText(),
      kills: this.kills.toJson(),
    };
  }

  /** Takes one slice of samples in. `isNewest`: what is unknown of their pods is news. */
  record(samples: readonly UsageSample[], { source }: Pick<UsageFeed, 'source'>, isNewest: boolean): void {
    const byWorkload = new Map<string, { key: WorkloadKey; samples: UsageSample[] }>();
    const unowned = new Set<string>();
    for (const sample of samples) {
      const key = this.owners.find(sample.namespace, sample.pod);
      if (key === 'unknown' && unowned.size < mostUnowned) unowned.add(`${sample.namespace}/${sample.pod}`);
      if (key === undefined || key === 'unknown') continue;
      const text = toText(key);
      const group = byWorkload.get(text) ?? { key, samples: [] };
      group.samples.push(sample);
      byWorkload.set(text, group);
    }
    for (const group of byWorkload.values()) this.history.record(group.key, group.samples, source);
    if (isNewest) this.#unowned = unowned;
    if (byWorkload.size > 0) this.isDirty = true;
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
    const gone = [...this.history.keys()].filter((key) => this.history.usageOf(key, nowMs).length === 0);
    if (gone.length > 0) this.history.forget(gone);
  }
}
