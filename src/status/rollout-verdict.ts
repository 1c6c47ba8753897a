// What a rollout is judged to be.
import type { ReplicaTally } from './replica-tally.ts';

/**
 * `complete`: rolled out, everything available. `progressing`: the controller is at it. `stalled`: the controller has given up.
 * `short`: rolled out, and less is available than wanted. `idle`: nothing is wanted (replicas 0, suspended). `paused`: an
 * unfinished rollout that a person has paused. `failed`: it ended and did not succeed (Job, Pod).
 */
export type RolloutState = 'complete' | 'progressing' | 'stalled' | 'short' | 'idle' | 'paused' | 'failed';

/** A state, and why in one sentence without a full stop: `2 of 3 updated`. Holds the controller's own words where it gave up. */
export interface Judgement {
  state: RolloutState;
  message: string;
}

/** The verdict on a rollout. */
export interface Rollout extends Judgement {
  counts: ReplicaTally;
  /** Whether no version before this one was rolled out, as far as the object tells. */
  isFirst: boolean;
  /** When the controller last got on, in milliseconds since 1970; undefined where the object does not say. */
  progressedAt: number | undefined;
}
