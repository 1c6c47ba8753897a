// --from-cluster: the ClusterPersona whose defaults and conventions complete an application's settings.
import * as Flags from '@oclif/core/flags';
import { DorguError } from '../api/errors.ts';
import type { EffectiveClusterPersona } from '../api/personas.ts';
import { validateClusterPersona } from '../api/validate.ts';
import { chooseClusterPersona } from '../status/cluster/choose-persona.ts';
import type { KubeClient } from '../kube/client.ts';
import { listObjects } from '../kube/list.ts';
import type { KubeObject } from '../kube/objects.ts';
import { resources } from '../kube/resources.ts';

export const fromClusterFlags = {
  'from-cluster': Flags.boolean({ summary: 'complete settings from the ClusterPersona' }),
};

/** Its defaults filled in. @throws DorguError NotFound where there is none, Preflight without the CRDs, KubeError */
export async function readClusterPersona(
  client: KubeClient,
  { signal }: { signal: AbortSignal },
): Promise<EffectiveClusterPersona> {
  const found = await listClusterPersonas(client, signal);
  const valid = found.flatMap((object) => {
    const result = validateClusterPersona(object);
    return result.ok ? [result.persona] : [];
  });
  const counting = chooseClusterPersona(valid);
  const persona = valid.find(({ metadata }) => metadata.name === counting?.metadata.name);
  if (persona !== undefined) return persona;
  throw new DorguError('NotFound', 'there is no ClusterPersona in this cluster to take defaults from', {
    hint: 'kubectl dorgu cluster init makes one of what the cluster is; without --from-cluster none is needed',
  });
}

function listClusterPersonas(client: KubeClient, signal: AbortSignal): Promise<KubeObject[]> {
  return listObjects(client, resources.clusterPersonas, { signal });
}
