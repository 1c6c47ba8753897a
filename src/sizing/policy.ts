// How much room advice leaves above what was measured, by tier, and when it speaks: all numbers of sizing in one table.
import type { tiers } from '../api/vocabulary.ts';

const mebibyte = 1024 * 1024;

/** A percentile of what was measured, times a margin. */
export interface Measure {
  /** 0 to 1; 1 is the highest. */
  percentile: number;
  times: number;
}

/** What one tier gets. Memory is measured as peaks of pods and days. */
export interface TierPolicy {
  cpuRequest: Measure;
  /** Unset: CPU that is not limited is shared by requests. */
  cpuLimit: Measure | 'unset';
  memoryRequest: Measure;
  /** As the request: memory cannot be taken back without a kill, so that what matters most takes no more than is set aside. */
  memoryLimit: Measure | 'request';
}

/** Everything that can be set about advice. */
export interface SizingPolicy {
  tiers: Readonly<Record<(typeof tiers)[number], TierPolicy>>;
  /** Advice never goes below. */
  floor: { cpu: number; memory: number };
  /** Advice is rounded up to whole ones: millicores and bytes. */
  step: { cpu: number; memory: number };
  /** Days with measurements before anything is raised, and before anything is lowered. */
  raiseAfterDays: number;
  lowerAfterDays: number;
  /** Standing advice is withdrawn below this share of the difference that it takes to speak. */
  standingShare: number;
  /** With an autoscaler: the share of what is set that CPU advice has to differ by. An autoscaler itself tolerates a tenth either way. */
  autoscaledShare: number;
  /** Share of a CPU limit that the highest window has to reach before its removal is advised. */
  cpuLimitReached: number;
  /** After a kill for memory: the limit that it had times this, and at least this many bytes more. Counts for so long, and nothing is lowered meanwhile. */
  kill: { times: number; plusBytes: number; countsForMs: number };
}

/** What is advised unless somebody asks for something else. */
export const defaultPolicy: SizingPolicy = {
  tiers: {
    critical: {
      cpuRequest: { percentile: 0.99, times: 1.15 },
      cpuLimit: 'unset',
      memoryRequest: { percentile: 1, times: 1.25 },
      memoryLimit: 'request',
    },
    standard: {
      cpuRequest: { percentile: 0.95, times: 1.15 },
      cpuLimit: 'unset',
      memoryRequest: { percentile: 1, times: 1.15 },
      memoryLimit: { percentile: 1, times: 1.38 },
    },
    'best-effort': {
      cpuRequest: { percentile: 0.9, times: 1 },
      cpuLimit: { percentile: 0.99, times: 1 },
      memoryRequest: { percentile: 0.95, times: 1.15 },
      memoryLimit: { percentile: 1, times: 1.5 },
    },
  },
  floor: { cpu: 10, memory: 32 * mebibyte },
  step: { cpu: 5, memory: 16 * mebibyte },
  raiseAfterDays: 1 / 48,
  lowerAfterDays: 1,
  standingShare: 0.5,
  autoscaledShare: 0.2,
  cpuLimitReached: 0.5,
  kill: { times: 1.2, plusBytes: 100 * mebibyte, countsForMs: 8 * 86_400_000 },
};
