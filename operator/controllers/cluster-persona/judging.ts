// What personas are judged by, as a part of the cluster: whether all of it may be watched.
import { listFailures, type ClusterFacts } from '../../../src/status/cluster/cluster-facts.ts';
import type { Part } from '../../../src/status/cluster/part.ts';
import type { CacheFactory } from '../../manager/controller-deps.ts';

/** Names what is refused: all of it by its resource, one in the server's own words. What another part says already is left to that. */
export function readJudging(facts: ClusterFacts, caches: Pick<CacheFactory, 'listRefusals'>): Part<true> {
  const said = new Set(listFailures(facts).map(({ reason }) => reason));
  const refusals = caches.listRefusals().filter((refusal) => !said.has(refusal));
  const [first] = refusals;
  if (first === undefined) return { value: true };
  if (refusals.length === 1) return { failure: first };
  const names = refusals.map((refusal) => refusal.split(' is forbidden', 1)[0]).join(', ');
  return { failure: `${names}: ${first}` };
}
