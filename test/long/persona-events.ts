// What the API server tells of personas, with the time at which it came: the far end of every latency.
import type { KubeClient } from '../../src/kube/client.ts';
import { pathOf, resources } from '../../src/kube/resources.ts';
import type { Place } from './large-objects.ts';

/** As much of a status as the measuring reads. */
export interface SeenPersona {
  metadata: { name: string; namespace: string; resourceVersion: string };
  status?: {
    phase?: string;
    health?: { replicas?: { ready?: number } };
    argoCD?: { revision?: string };
    conditions?: { type: string; status: string; reason: string }[];
  };
}

/** Personas as they are told. */
export interface PersonaEvents {
  /** Keys of those with a phase. */
  readonly decided: ReadonlySet<string>;
  /** When anything was told last, by performance.now. */
  readonly lastEventAt: number;
  readonly eventCount: number;
  /** The time, by performance.now, of the first event of this persona from now on that is as wanted. Rejects after `timeoutMs`. */
  awaitChange(place: Place, isWanted: (persona: SeenPersona) => boolean, timeoutMs: number): Promise<number>;
  stop(): Promise<void>;
}

interface Waiting {
  isWanted: (persona: SeenPersona) => boolean;
  resolve: (at: number) => void;
}

const keyOf = ({ namespace, name }: Place): string => `${namespace}/${name}`;

/** Watches all personas from now on. A watch of ours that ends is an error: what is measured by it would be wrong. */
export function watchPersonas(client: KubeClient): PersonaEvents {
  const decided = new Set<string>();
  const waiting = new Map<string, Waiting>();
  const ending = new AbortController();
  let lastEventAt = performance.now();
  let eventCount = 0;

  const take = (line: string, at: number): void => {
    const { type, object } = JSON.parse(line) as { type: string; object: SeenPersona };
    if (type === 'ERROR') throw new Error(`the watch of the measuring has failed: ${line}`);
    lastEventAt = at;
    eventCount += 1;
    const key = keyOf(object.metadata);
    if (object.status?.phase !== undefined) decided.add(key);
    const waiter = waiting.get(key);
    if (waiter?.isWanted(object) !== true) return;
    waiting.delete(key);
    waiter.resolve(at);
  };
  const lines = createLineReader(take);
  const over = client
    .stream({
      path: pathOf(resources.applicationPersonas),
      query: { watch: true, timeoutSeconds: 86_400, allowWatchBookmarks: false },
      idleTimeoutMs: 86_400_000,
      onBytes: (bytes) => lines(bytes, performance.now()),
      signal: ending.signal,
    })
    .catch((error: unknown) => {
      if (!ending.signal.aborted) throw error;
    });

  return {
    decided,
    get lastEventAt() {
      return lastEventAt;
    },
    get eventCount() {
      return eventCount;
    },
    awaitChange(place, isWanted, timeoutMs) {
      const key = keyOf(place);
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(key);
          reject(new Error(`the status of ${key} did not follow its Deployment in ${timeoutMs} ms`));
        }, timeoutMs);
        waiting.set(key, {
          isWanted,
          resolve: (at) => {
            clearTimeout(timer);
            resolve(at);
          },
        });
      });
    },
    stop: async () => {
      ending.abort(new Error('measured'));
      await over;
    },
  };
}

function createLineReader(onLine: (line: string, at: number) => void): (bytes: Buffer, at: number) => void {
  let rest: Buffer[] = [];
  return (bytes, at) => {
    let start = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
      const line = Buffer.concat([...rest, bytes.subarray(start, end)]).toString();
      rest = [];
      start = end + 1;
      onLine(line, at);
    }
    if (start < bytes.length) rest.push(Buffer.from(bytes.subarray(start)));
  };
}
