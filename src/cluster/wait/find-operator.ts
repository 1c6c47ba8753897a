// Whether our operator runs in a cluster, as far as the user may see.
import type { KubeClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/kube-error.ts';
import { listObjects } from '../../kube/list.ts';
import { resources } from '../../kube/resources.ts';

/** The label of its Deployment, in whatever namespace it was installed. */
const operatorSelector = 'app.kubernetes.io/name=dorgu-operator';

/** True where it is there, or where the user may not look. @throws KubeError */
export async function findOperator(client: KubeClient, signal: AbortSignal): Promise<boolean> {
  try {
    const query = { labelSelector: operatorSelector, isMetadataOnly: true, signal };
    return (await listObjects(client, resources.deployments, query)).length > 0;
  } catch (error) {
    if (error instanceof KubeError && error.httpStatus === 403) return true;
    throw error;
  }
}
