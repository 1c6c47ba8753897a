// What judging a workload of a file needs beside it and its persona.
import type { EffectiveClusterPersona } from '../api/personas.ts';
import type { Neighbourhood } from './neighbourhood.ts';
import type { SortedManifests } from './sort-manifests.ts';

/** What judging needs beside one workload. */
export interface JudgeContext {
  sorted: SortedManifests;
  clusterPersona: EffectiveClusterPersona | undefined;
  neighbourhood: Neighbourhood;
  now: Date;
}
