// Deleting one object.
import type { KubeClient } from './client.ts';
import { objectPath, type ObjectKey } from './read.ts';
import { requestResource } from './resource-request.ts';
import type { Resource } from './resources.ts';

/** How to delete. */
export interface DeleteOptions {
  propagation?: 'Background' | 'Foreground' | 'Orphan';
  isDryRun?: boolean;
  /** Only this very object: a Conflict where another has taken its name, or it has changed since. */
  preconditions?: { uid?: string; resourceVersion?: string };
  signal?: AbortSignal | undefined;
}

/** Asks for the deletion; the object is gone at once unless it has finalizers. @throws KubeError, with NotFound where there is none */
export async function deleteObject(
  client: KubeClient,
  resource: Resource,
  key: ObjectKey,
  { propagation = 'Background', isDryRun = false, preconditions, signal }: DeleteOptions = {},
): Promise<void> {
  await requestResource(client, resource, {
    method: 'DELETE',
    path: objectPath(client, resource, key),
    body: {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: propagation,
      ...(isDryRun ? { dryRun: ['All'] } : {}),
      ...(preconditions === undefined ? {} : { preconditions }),
    },
    ...(signal === undefined ? {} : { signal }),
  });
}
