// One schedule played: a server that changes and fails, a reflector that watches it, a queue that reconciles what it hears.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../../operator/manager/clock.ts';
import { createMetrics } from '../../../operator/manager/metrics.ts';
import { createWorkQueue } from '../../../operator/manager/create-work-queue.ts';
import { FakeApiServer } from '../../faults/fake-api-server.ts';
import type { ObjectStorage } from '../../faults/object-storage.ts';
import {
  createStorage,
  expectedOf,
  startWatching,
  toRecord,
  type Seen,
  type Watching,
} from '../../kube/watch/watching.ts';
import { waitUntil } from '../../cluster/wait-until.ts';
import { createRandom } from '../../random.ts';
import { createMemoryLogger } from '../manager/memory-logger.ts';
import { createSchedule, type Mutation, type Schedule } from './schedule.ts';

const metrics = createMetrics();
/** Long enough for all that waits on purpose, on a machine with other work. */
const limitMs = 20_000;
/** The queue's pauses of seconds, in tens of milliseconds. */
const hurry = 100;
const hurriedClock: Clock = {
  now: () => performance.now() * hurry,
  setTimer: (callback, delayMs) => {
    const timer = setTimeout(callback, delayMs / hurry);
    return () => clearTimeout(timer);
  },
  defer: (callback) => void setImmediate(callback),
};

/** All that ever was on the server, so that nothing can be invented. */
interface Chronicle {
  states: Set<string>;
  /** Uids that went, or went out of sight. */
  gone: Set<string>;
}

/** Plays it to its end. @throws Error that says what was lost, invented or not reconciled */
export async function runSchedule(seed: number): Promise<void> {
  const schedule = createSchedule(seed);
  const storage = createStorage();
  const chronicle = keepChronicle(storage);
  for (const key of schedule.initial) storage.put(key, { data: 'first' });
  const server = await FakeApiServer.start(storage, schedule.behaviour);
  const reconciled = new Map<string, Seen | undefined>();
  const random = createRandom(seed + 1);
  const queue = createWorkQueue(
    async (key) => {
      const seen = watching.reflector.objects.get(key);
      if (random() < 0.3) await sleep(1);
      if (random() < 0.1) throw new Error('a reconciliation that fails');
      reconciled.set(key, seen);
      return undefined;
    },
    { name: 'model', logger: createMemoryLogger(), metrics, concurrency: 4, clock: hurriedClock, random },
  );
  const watching: Watching = startWatching(server, {
    tuning: {
      stallMs: 300,
      isWatchListTried: schedule.isWatchListTried,
      pageSize: schedule.pageSize,
      random,
    },
    options: {
      onChange: ({ key }) => {
        queue.add(key);
        if (random() < 0.05) throw new Error('a listener that fails');
      },
    },
  });
  await queue.start();
  try {
    await play(schedule, server);
    await expectSettled(server, watching, reconciled);
    confirmTruth(watching, chronicle);
  } finally {
    await watching.stop();
    await queue.stop();
    await server.stop();
  }
}

async function play({ steps }: Schedule, server: FakeApiServer): Promise<void> {
  for (const step of steps) {
    for (const mutation of step.mutations) mutate(server.storage, mutation);
    for (const fault of step.requestFaults) server.inject(fault);
    for (const fault of step.streamFaults) server.disturb(fault);
    for (const mutation of step.moreMutations) mutate(server.storage, mutation);
    await (step.pauseMs === 0 ? new Promise(setImmediate) : sleep(step.pauseMs));
  }
  // Nobody can know the state of what cannot be read.
  for (const [key, object] of [...server.storage.objects])
    if (object['isPoison']) server.storage.put(key, { data: 'healed' });
}

function mutate(storage: ObjectStorage, mutation: Mutation): void {
  if (mutation.kind === 'compact') {
    storage.compact();
    return;
  }
  const { kind, key, data } = mutation;
  if (kind === 'delete' || kind === 'recreate') storage.delete(key);
  if (kind === 'put' || kind === 'recreate') storage.put(key, { data });
  if (kind === 'ignore') storage.put(key, { isIgnored: true });
  if (kind === 'poison') storage.put(key, { isPoison: true });
}

function keepChronicle(storage: ObjectStorage): Chronicle {
  const chronicle: Chronicle = { states: new Set(), gone: new Set() };
  storage.subscribe(({ type, object }) => {
    const { uid, resourceVersion } = object.metadata;
    chronicle.states.add(`${uid}@${resourceVersion}`);
    if (type === 'DELETED' || object['isIgnored']) chronicle.gone.add(uid);
  });
  return chronicle;
}

/** Waits until server, reflector, told changes and reconciliations agree. */
async function expectSettled(
  server: FakeApiServer,
  { reflector, replayed }: Watching,
  reconciled: ReadonlyMap<string, Seen | undefined>,
): Promise<void> {
  const expected = JSON.stringify(expectedOf(server.storage));
  const compare = (): string | undefined => {
    if (JSON.stringify(toRecord(reflector.objects)) !== expected) return 'the cache is not the server';
    if (JSON.stringify(toRecord(replayed)) !== expected) return 'the changes are not the cache';
    for (const [key, seen] of reflector.objects)
      if (reconciled.get(key) !== seen) return `the last state of ${key} is not reconciled`;
    for (const [key, seen] of reconciled)
      if (seen !== reflector.objects.get(key)) return `${key} is not reconciled as it is`;
    return undefined;
  };
  const last = { difference: compare() };
  const ask = () => ((last.difference = compare()) === undefined ? true : undefined);
  await waitUntil('an agreement', ask, { timeoutMs: limitMs, intervalMs: 5 }).catch(() => {
    const known = JSON.stringify(toRecord(reflector.objects));
    const { failure, restarts, relists } = reflector.health();
    const health = JSON.stringify({ failure, restarts: [...restarts], relists: [...relists] });
    throw new Error(
      [last.difference, `server: ${expected}`, `cache: ${known}`, health, ...server.requests].join('\n'),
    );
  });
}

/** What was told was true once, never went back, and nothing was said to be gone that was there. */
function confirmTruth({ changes, contradictions }: Watching, { states, gone }: Chronicle): void {
  const wrong = [...contradictions];
  for (const change of changes) {
    if (change.type === 'deleted') {
      if (!gone.has(change.previous.uid)) wrong.push(`an invented deletion of ${change.key}`);
      continue;
    }
    const { uid, version } = change.value;
    if (!states.has(`${uid}@${version}`)) wrong.push(`an invented state of ${change.key}: ${version}`);
    if (change.type === 'updated' && Number(version) <= Number(change.previous.version))
      wrong.push(`${change.key} went back from ${change.previous.version} to ${version}`);
  }
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
}
