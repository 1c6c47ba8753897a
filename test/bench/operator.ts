// `node test/bench/operator.ts [COUNT]`: gather and decide of every persona, beside parsing and printing the same objects, in one run, as ratios. Nothing is asserted.
import type { Cache, CacheOptions } from '../../operator/manager/cache.ts';
import { Indices } from '../../operator/manager/caches/indices.ts';
import type { CacheFactory } from '../../operator/manager/controller-deps.ts';
import {
  getPersonaCaches,
  type PersonaCaches,
} from '../../operator/controllers/application-persona/caches.ts';
import { gatherPersona } from '../../operator/controllers/application-persona/gather.ts';
import { openStatus, watchedPersonas } from '../../operator/watched/personas.ts';
import { watchedWorkloads } from '../../operator/watched/workloads.ts';
import { decideApplication } from '../../src/status/decide-application.ts';
import { createLiveDeployment, createLivePersona } from './live-objects.ts';

const COUNT = Number(process.argv[2] ?? 2000);
const ROUNDS = 9;

/** A cache of what is put into it. */
class HeldCache<T> implements Cache<T> {
  readonly name = 'held';
  readonly isSynced = true;
  readonly isServed = true;
  readonly objects = new Map<string, T>();
  readonly #options: CacheOptions<T>;
  readonly #indices: Indices<T>;

  constructor(options: CacheOptions<T>) {
    this.#options = options;
    this.#indices = new Indices(options.indices ?? {}, (_, error) => {
      throw error;
    });
  }

  put(key: string, object: unknown): void {
    const value = this.#options.project(object);
    if (value === undefined) throw new Error(`nothing of ${key} is kept`);
    const previous = this.objects.get(key);
    this.objects.set(key, value);
    this.#indices.apply(
      previous === undefined ? { type: 'added', key, value } : { type: 'updated', key, value, previous },
    );
  }

  get = (key: string): T | undefined => this.objects.get(key);
  find = (index: string, value: string): readonly T[] => this.#indices.find(index, value);
  onChange = (): void => undefined;
  start = (): Promise<void> => Promise.resolve();
  stop = (): Promise<void> => Promise.resolve();
  whyNotReady = (): undefined => undefined;
  health(): never {
    throw new Error('nobody asks');
  }
}

/** Median of the milliseconds that `work` takes, after one warm-up. */
function measure(work: () => void): number {
  work();
  const times = Array.from({ length: ROUNDS }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
}

const made = new Map<object, unknown>();
/** How objects get into the caches, by what these are made from. */
const puts = new Map<object, (key: string, object: unknown) => void>();
const factory: CacheFactory = {
  get<T>(options: CacheOptions<T>): Cache<T> {
    const before = made.get(options);
    if (before !== undefined) return before as Cache<T>;
    const cache = new HeldCache(options);
    made.set(options, cache);
    puts.set(options, (key, object) => cache.put(key, object));
    return cache;
  },
  listRefusals: () => [],
  onRefusals: () => undefined,
};

/** Judges all of them as a resync does. Returns how many have something new to say. */
function reconcileAll(caches: PersonaCaches, write?: (key: string, status: object) => void): number {
  let changed = 0;
  const now = new Date();
  for (const [key, persona] of caches.personas.objects) {
    const facts = gatherPersona(caches, persona);
    if (facts === undefined) throw new Error(`nothing was gathered for ${key}`);
    const { isChanged, status } = decideApplication({ ...facts, seen: openStatus(persona), now });
    if (!isChanged) continue;
    changed += 1;
    write?.(key, status);
  }
  return changed;
}

const caches = getPersonaCaches(factory);
const [deployments] = watchedWorkloads;
const [putPersona, putDeployment] = [puts.get(watchedPersonas), puts.get(deployments ?? {})];
if (putPersona === undefined || putDeployment === undefined) throw new Error('the caches have changed');
const texts: string[] = [];
for (let index = 0; index < COUNT; index += 1) {
  const [persona, deployment] = [createLivePersona(index), createLiveDeployment(index)];
  const key = `team-${index % 100}/application-${index}`;
  texts.push(JSON.stringify(persona), JSON.stringify(deployment));
  putPersona(key, persona);
  putDeployment(key, deployment);
}
const first = reconcileAll(caches, (key, status) => {
  const index = Number(key.split('-').at(-1));
  putPersona(key, { ...createLivePersona(index), status });
});
const second = reconcileAll(caches);
const reconcile = measure(() => reconcileAll(caches));
const reference = measure(() => texts.forEach((text) => JSON.stringify(JSON.parse(text))));
console.log(`${COUNT} personas: ${first} had something to say, then ${second}`);
console.log(
  `  gather and decide         ${reconcile.toFixed(0)} ms, ${Math.round((COUNT * 1000) / reconcile)} a second`,
);
console.log(`  ... to parsing and printing both objects  ${(reconcile / reference).toFixed(2)}`);
