// Reads what the namespaces of a cluster are already held to, for a ClusterPersona that starts from there.
import type { KubeClient } from '../kube/client.ts';
import { listObjects } from '../kube/list.ts';
import type { Resource } from '../kube/resources.ts';
import { resources } from '../kube/resources.ts';
import {
  isApplicationNamespace,
  readExistingPolicies,
  type ExistingPolicies,
} from '../status/cluster/existing-policies.ts';
import { failureOf, valueOf } from '../status/cluster/part.ts';
import { readTextMap } from '../workload/text-map.ts';
import { attempt } from '../discovery/attempt.ts';

const networkPolicies: Resource = {
  group: 'networking.k8s.io',
  version: 'v1',
  plural: 'networkpolicies',
  kind: 'NetworkPolicy',
  isNamespaced: true,
};
const resourceQuotas: Resource = {
  group: '',
  version: 'v1',
  plural: 'resourcequotas',
  kind: 'ResourceQuota',
  isNamespaced: true,
};

/**
 * The policies that hold in every namespace with applications. What may not be read is a note.
 * @throws KubeError for what concerns every request
 */
export async function discoverPolicies(
  client: KubeClient,
  applicationNamespaces: ReadonlySet<string> | undefined,
  asked: { signal?: AbortSignal },
): Promise<ExistingPolicies> {
  const [namespaces, policies, quotas] = await Promise.all([
    attempt(() => listObjects(client, resources.namespaces, { ...asked, isMetadataOnly: true })),
    attempt(() => listObjects(client, networkPolicies, asked)),
    attempt(() => listObjects(client, resourceQuotas, asked)),
  ]);
  const found = readExistingPolicies({
    namespaces: valueOf(namespaces, [])
      .map(({ metadata }) => ({ name: metadata.name, labels: readTextMap(metadata.labels) }))
      .filter(({ name }) => isApplicationNamespace(name) && applicationNamespaces?.has(name) === true),
    networkPolicies: valueOf(policies, []),
    resourceQuotas: valueOf(quotas, []),
  });
  const unread = [failureOf(namespaces), failureOf(policies), failureOf(quotas)];
  return {
    ...found,
    notes: [...found.notes, ...unread.filter((failure) => failure !== undefined)],
  };
}
