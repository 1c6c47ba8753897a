// Whether anything in the cluster measures use, as the sampler finds it: where nothing does, that stands in the status that a persona is given anyway.
import { applicationConditions, metricsReasons } from '../../src/api/conditions.ts';
import type { Condition } from '../../src/api/personas.ts';
import { setConditions } from '../../src/status/set-conditions.ts';

/** The kinds whose use is learnt: those whose pods stay. */
export const sizedKinds: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout']);

/** What condition MetricsAvailable says where nothing measures. */
export const absenceMessage =
  'neither Prometheus nor metrics.k8s.io is there to measure use: set the option --prometheus-url of the operator, or install metrics-server';

/** First statuses wait so long for the sampler's first word: one write then says it all. */
const patienceMs = 2000;

/**
 * `absent`: no source is set, and the cluster has none; condition MetricsAvailable is the persona controller's then. `other`: there is one, whatever it
 * answers; the condition is the sampler's. `unknown`: nobody has looked yet.
 */
export type UsageState = 'unknown' | 'absent' | 'other';

/** Told by the sampler, asked by the controller of personas. */
export class UsagePresence {
  readonly name = 'usage source';
  readonly #now: () => number;
  readonly #listeners: (() => void)[] = [];
  #state: UsageState;
  #waitsSinceMs: number | undefined;

  /** `state`: what is known from the options alone. */
  constructor(state: UsageState, now: () => number) {
    this.#state = state;
    this.#now = now;
  }

  get state(): UsageState {
    return this.#state;
  }

  settle(state: Exclude<UsageState, 'unknown'>): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** As what a queue of first statuses waits for: at most some time. */
  get isSynced(): boolean {
    if (this.#state !== 'unknown') return true;
    this.#waitsSinceMs ??= this.#now();
    // A clock that is set back is no reason to wait longer.
    return Math.abs(this.#now() - this.#waitsSinceMs) >= patienceMs;
  }
}

/** Whether the condition that stands says that nothing measures. */
export function isAbsence({ type, message }: Pick<Condition, 'type' | 'message'>): boolean {
  return type === applicationConditions.metricsAvailable && message === absenceMessage;
}

/** Condition MetricsAvailable as the controller of personas has it; undefined where it is not its to say. */
export function toAbsence(
  state: UsageState,
  { kinds, seen = [] }: { kinds: readonly string[]; seen: readonly Condition[] | undefined },
  about: { generation: number | undefined; now: Date },
): Condition | undefined {
  if (!kinds.some((kind) => sizedKinds.has(kind))) return undefined;
  // What is not applied again is taken away, and of a condition that the sampler wrote before only the message: that the API server refuses. So it
  // stays until the sampler has said something else.
  if (state !== 'absent') return seen.find(isAbsence);
  const type = applicationConditions.metricsAvailable;
  const judged = {
    type,
    status: 'False',
    reason: metricsReasons.noPrometheus,
    message: absenceMessage,
  } as const;
  return setConditions([judged], seen, about)[0];
}
