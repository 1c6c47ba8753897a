// A random course of events for a server and whoever watches it: changes, faults, pauses. The same seed gives the same course.
import type { RequestFault, StreamFault } from '../../faults/request-faults.ts';
import type { FakeBehaviour } from '../../faults/fake-api-server.ts';
import { createRandom } from '../../random.ts';

/** What happens to one object. */
export type Mutation =
  | { kind: 'put' | 'ignore' | 'poison' | 'delete' | 'recreate'; key: string; data: number }
  | { kind: 'compact' };

/** What happens at one moment, in this order, and how long nothing happens after it. */
export interface Step {
  mutations: Mutation[];
  requestFaults: RequestFault[];
  streamFaults: StreamFault[];
  moreMutations: Mutation[];
  pauseMs: number;
}

/** One course of events. */
export interface Schedule {
  seed: number;
  behaviour: FakeBehaviour;
  isWatchListTried: boolean;
  pageSize: number;
  initial: string[];
  steps: Step[];
}

/** Names as clusters have them, and as nobody should choose them. */
const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', '__proto__', 'constructor', 'größe-😀', '\u202egnp'].flatMap(
  (name) => [`shop/${name}`, `x/${name}`],
);

const requestFaults: RequestFault[] = [
  { kind: 'reset' },
  { kind: 'silence' },
  { kind: 'late', ms: 3 },
  ...[1, 60, 300, 900].flatMap((afterBytes): RequestFault[] => [
    { kind: 'cut', afterBytes },
    { kind: 'stall', afterBytes },
  ]),
  ...[401, 403, 404, 410, 429, 500, 503, 504].map((status): RequestFault => ({
    kind: 'answer',
    status,
    reason: status === 410 ? 'Expired' : 'Scripted',
  })),
  { kind: 'answer', status: 429, retryAfterSeconds: 1 },
  { kind: 'answer', status: 200, html: '<html>Sign in</html>' },
  { kind: 'answer', status: 502, html: '<html>Bad gateway</html>' },
];

const streamFaults: StreamFault[] = [
  { kind: 'reset' },
  { kind: 'end' },
  { kind: 'stall' },
  { kind: 'half-line', then: 'stall' },
  { kind: 'half-line', then: 'reset' },
  { kind: 'long-line', bytes: 70 * 1024 },
  { kind: 'line', text: '{"type":' },
  { kind: 'line', text: '[]' },
  { kind: 'line', text: '<html>Bad gateway</html>' },
  { kind: 'line', text: '' },
  { kind: 'error', code: 410, reason: 'Expired' },
  ...[403, 500, 504].map((code): StreamFault => ({ kind: 'error', code })),
  { kind: 'error', code: 429, retryAfterSeconds: 1 },
  { kind: 'unknown-type' },
  { kind: 'no-uid' },
  { kind: 'duplicate' },
  { kind: 'old-event' },
  { kind: 'old-bookmark' },
  { kind: 'reorder' },
  { kind: 'split' },
];

/** The course of a seed. */
export function createSchedule(seed: number): Schedule {
  const random = createRandom(seed);
  const upTo = (most: number) => Math.floor(random() * (most + 1));
  const pick = <T>(list: readonly T[]): T => list[upTo(list.length - 1)] as T;
  const times = <T>(most: number, create: () => T): T[] => Array.from({ length: upTo(most) }, create);
  const mutate = (): Mutation => {
    const kind = pick([
      'put',
      'put',
      'put',
      'put',
      'delete',
      'delete',
      'recreate',
      'ignore',
      'poison',
      'compact',
    ]);
    return kind === 'compact' ? { kind } : { kind: kind as 'put', key: pick(keys), data: upTo(1000) };
  };
  return {
    seed,
    behaviour: {
      ...pick([{}, {}, { watchList: 'refused' as const }, { watchList: 'ignored' as const }]),
      bookmarkMs: 4 + upTo(20),
      lifeMs: 15 + upTo(100),
    },
    isWatchListTried: random() < 0.8,
    pageSize: 1 + upTo(9),
    initial: keys.filter(() => random() < 0.4),
    steps: Array.from({ length: 2 + upTo(6) }, () => ({
      mutations: times(4, mutate),
      requestFaults: random() < 0.5 ? times(2, () => pick(requestFaults)) : [],
      streamFaults: random() < 0.6 ? times(2, () => pick(streamFaults)) : [],
      moreMutations: times(4, mutate),
      pauseMs: pick([0, 0, 1, 2, 5, 15]),
    })),
  };
}
