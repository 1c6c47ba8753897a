// Tells people on an object, by an Event, that certificates cannot be kept, and that they are kept again: once each, while this process leads.
import type { Clock } from '../manager/clock.ts';
import type { EventRecorder, InvolvedObject } from '../manager/events.ts';
import type { Leadership } from '../manager/leadership.ts';

/** The reasons of these Events. */
export const certificateEventReasons = {
  /** A right is missing, or somebody undoes what is written; the message says what in the API server's words. */
  failing: 'CertificatesFailing',
  /** That is over. */
  kept: 'CertificatesKept',
} as const;

/** What it is made of. */
export interface ProblemEventsParts {
  events: EventRecorder;
  /** The one that leads speaks: replicas keep the same CA, and have the same trouble with it. */
  leadership: Pick<Leadership, 'isLeader'>;
  /** Whether the API server answers: while it is away nobody takes Events, and its absence is told elsewhere. */
  isAnswered: () => boolean;
  /** What people look at. */
  object: InvolvedObject;
  clock: Pick<Clock, 'now'>;
  /** How long it has to last, in milliseconds. */
  patienceMs?: number;
}

/** What is over sooner is a matter of the log alone: watches come back within seconds of an outage. */
const defaultPatienceMs = 15_000;

/** To be called with what is in the way, or undefined, after each look. */
export function createProblemEvents(parts: ProblemEventsParts): (problem: string | undefined) => void {
  const { events, leadership, isAnswered, object, clock, patienceMs = defaultPatienceMs } = parts;
  let sinceMs: number | undefined;
  let isTold = false;
  return (problem) => {
    if (!leadership.isLeader) isTold = false;
    if (problem === undefined) {
      sinceMs = undefined;
      if (isTold)
        events.record({
          object,
          type: 'Normal',
          reason: certificateEventReasons.kept,
          message: 'certificates are kept again',
        });
      isTold = false;
      return;
    }
    if (!isAnswered()) sinceMs = undefined;
    else sinceMs ??= clock.now();
    const isDue = sinceMs !== undefined && clock.now() - sinceMs >= patienceMs;
    if (isTold || !isDue || !leadership.isLeader) return;
    isTold = true;
    const message = `certificates cannot be kept: ${problem}`;
    events.record({ object, type: 'Warning', reason: certificateEventReasons.failing, message });
  };
}
