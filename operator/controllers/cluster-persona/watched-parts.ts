// The parts of a discovery that are watched: nodes, namespaces and personas cost no request, and are as of now.
import type { ClusterFacts, PersonaCounts } from '../../../src/status/cluster/cluster-facts.ts';
import type { NodeFacts } from '../../../src/status/cluster/node-facts.ts';
import type { Part } from '../../../src/status/cluster/part.ts';
import type { Cache } from '../../manager/cache.ts';
import { isRefused } from '../../manager/caches/is-refused.ts';
import type { WatchedNamespace } from '../../watched/surroundings.ts';

/** As much of a cache as is read here. */
type Watched<T> = Pick<Cache<T>, 'objects' | 'isSynced' | 'isServed' | 'health'>;

/** The caches. */
export interface DiscoveryCaches {
  nodes: Watched<NodeFacts>;
  namespaces: Watched<WatchedNamespace>;
  personas: Watched<{ namespace: string }>;
}

/** What they tell. */
export type WatchedParts = Pick<ClusterFacts, 'nodes' | 'namespaces' | 'personas'>;

/** A watch may be between two streams; after this long without a byte what it knew is no longer known. */
const silentMs = 90_000;

/** Undefined while one of them is being listed for the first time. `now`: milliseconds since the epoch. */
export function readWatchedParts(caches: DiscoveryCaches, now: number): WatchedParts | undefined {
  const nodes = readPart(caches.nodes, now, (objects) => [...objects.values()]);
  const namespaces = readPart(caches.namespaces, now, countNamespaces);
  const personas = readPart<{ namespace: string }, PersonaCounts | undefined>(
    caches.personas,
    now,
    (objects) => (caches.personas.isServed ? countPersonas(objects) : undefined),
  );
  if (nodes === undefined || namespaces === undefined || personas === undefined) return undefined;
  return { nodes, namespaces, personas };
}

function readPart<T, R>(
  cache: Watched<T>,
  now: number,
  read: (objects: ReadonlyMap<string, T>) => R,
): Part<R> | undefined {
  const { failure, lastByteAtMs = -Infinity } = cache.health();
  if (!cache.isSynced) return failure === undefined ? undefined : { failure };
  const isLost = failure !== undefined && (isRefused(failure) || now - lastByteAtMs > silentMs);
  return isLost ? { failure } : { value: read(cache.objects) };
}

function countNamespaces(objects: ReadonlyMap<string, WatchedNamespace>): { total: number; active: number } {
  let active = 0;
  for (const { isEnding } of objects.values()) if (!isEnding) active += 1;
  return { total: objects.size, active };
}

/** By phase they are not counted: the status does not hold that. */
function countPersonas(objects: ReadonlyMap<string, { namespace: string }>): PersonaCounts {
  const namespaces = new Set<string>();
  for (const { namespace } of objects.values()) namespaces.add(namespace);
  return { count: objects.size, namespaces: namespaces.size, phases: new Map() };
}
