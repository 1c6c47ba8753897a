// What advice on requests and limits is made of, and what it says.
import type { tiers } from '../api/vocabulary.ts';
import type { Autoscaler } from '../workload/surroundings.ts';
import type { Workload } from '../workload/workload.ts';
import type { ContainerUsage, UsageSource } from './usage.ts';

/** A container that was killed for its memory, as its pod's status says. */
export interface OutOfMemoryKill {
  container: string;
  /** When it ended, in milliseconds since 1970. */
  atMs: number;
  /** The limit it had then, in bytes; undefined where unknown. */
  limitBytes: number | undefined;
}

/** Bounds of advice (`spec.sizing` of a persona), parsed. */
export interface SizingBounds {
  cpuMillicores: number | undefined;
  memoryBytes: number | undefined;
}

/** Use of one pod over the last hour, its containers summed: the average is the mean over the pods, the peak the largest pod's. */
export interface ResourceBaseline {
  avgCpuMillicores: number;
  peakCpuMillicores: number;
  avgMemoryBytes: number;
  peakMemoryBytes: number;
  /** The end of the last window that was measured, in milliseconds since 1970. */
  windowEndMs: number;
}

/** Everything that advice on one workload is made of. */
export interface SizingSubject {
  workload: Workload;
  /** The persona's; standard where there is none. */
  tier: (typeof tiers)[number];
  /** What scales it; undefined where nothing does. */
  autoscaler: Autoscaler | undefined;
  /** One per container that was measured. */
  usage: readonly ContainerUsage[];
  kills: readonly OutOfMemoryKill[];
  min: SizingBounds;
  max: SizingBounds;
  /** Advice that stands now, by id: it is withdrawn later than it is given, so that noise does not make it flap. */
  standing: ReadonlySet<string>;
  /** In milliseconds since 1970. */
  nowMs: number;
}

/** What one setting of one container should be. */
export interface Advice {
  /** Stable for as long as it is about the same setting: `deployment/shop/shop/memory-request`. */
  id: string;
  workload: { kind: string; name: string };
  container: string;
  resource: 'cpu' | 'memory';
  setting: 'request' | 'limit';
  /** As a Kubernetes quantity; undefined where it is unset. */
  current: string | undefined;
  /** As a Kubernetes quantity; undefined: leave it unset. */
  recommended: string | undefined;
  /** Why, in one sentence with the numbers. */
  message: string;
  /** What to do, and what doing so changes. */
  action: string;
  priority: 'high' | 'medium' | 'low';
  /** In millicores or bytes, as is what follows. */
  p95: number | undefined;
  peak: number | undefined;
  trend: readonly (number | undefined)[];
  fromMs: number | undefined;
  toMs: number | undefined;
  samples: number;
  /** 0 to 1. */
  confidence: number;
  source: UsageSource | 'pod-status';
}
