// What -o json and -o yaml hold: the ClusterPersona with the status that the screen shows, and what the screen knows beyond it.
import { apiVersion, clusterPersonaKind } from '../../../api/group-version.ts';
import type { ClusterDescription } from '../../../cluster/discover-description.ts';
import type { KubeObject } from '../../../kube/objects.ts';
import { toClusterName } from '../../../status/cluster/cluster-name.ts';

/**
 * The ClusterPersona as kubectl would print it, with its status filled; where the cluster has none, the one that `cluster init` would make,
 * without a uid. Beside the status: `judgedBy` (`operator`, or `kubectl-dorgu` where the cluster was asked from here) and `unseen`, what
 * could not be read.
 */
export function toDescriptionDocument(description: ClusterDescription, fallbackName: string): KubeObject {
  const { persona, status, judgedBy, failures, personaUnseen } = description;
  const unseen = failures.map(({ part, reason }) => ({ part, message: reason }));
  const name = toClusterName(fallbackName) ?? 'cluster';
  return {
    ...(persona ?? {
      apiVersion,
      kind: clusterPersonaKind,
      metadata: { name },
      spec: { name: fallbackName },
    }),
    status,
    judgedBy: judgedBy === 'operator' ? 'operator' : 'kubectl-dorgu',
    unseen: [
      ...(personaUnseen === undefined ? [] : [{ part: 'ClusterPersonas', message: personaUnseen }]),
      ...unseen,
    ],
  };
}
