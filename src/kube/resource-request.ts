// A request for one of our resources: a cluster that does not know it is told from an object that is not there.
import type { KubeClient, KubeRequest, KubeResponse } from './client.ts';
import { createCrdsMissing, isServed } from './discovery.ts';
import { KubeError } from './kube-error.ts';
import { resources, type Resource } from './resources.ts';

/** As {@link KubeClient.request}. @throws KubeError; also CrdsMissing, where a kind of ours is not installed */
export async function requestResource<T>(
  client: KubeClient,
  resource: Resource,
  request: KubeRequest,
): Promise<KubeResponse<T>> {
  try {
    return await client.request<T>(request);
  } catch (error) {
    if (isOurs(resource) && isBareNotFound(error) && !(await isServed(client, resource)))
      throw createCrdsMissing(client.server, resource, error);
    throw error;
  }
}

function isOurs({ group }: Resource): boolean {
  return group === resources.applicationPersonas.group;
}

/** An object that is missing has a Status with its name; a resource that is missing has none. */
function isBareNotFound(error: unknown): error is KubeError {
  return error instanceof KubeError && error.httpStatus === 404 && !error.status?.details?.name;
}
