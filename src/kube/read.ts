// Reading one object.
import type { KubeClient } from './client.ts';
import { KubeError } from './kube-error.ts';
import type { KubeObject } from './objects.ts';
import { requestResource } from './resource-request.ts';
import { pathOf, type Resource } from './resources.ts';

/** Which object. */
export interface ObjectKey {
  name: string;
  /** The client's namespace where it is left out; of no meaning to what is not namespaced. */
  namespace?: string | undefined;
}

/** How to ask. */
export interface ReadOptions {
  signal?: AbortSignal | undefined;
}

/** The object's path. */
export function objectPath(client: KubeClient, resource: Resource, { name, namespace }: ObjectKey): string {
  return pathOf(resource, { name, namespace: namespace ?? client.namespace });
}

/** The object. @throws KubeError, with NotFound where there is none */
export async function getObject<T extends KubeObject = KubeObject>(
  client: KubeClient,
  resource: Resource,
  key: ObjectKey,
  { signal }: ReadOptions = {},
): Promise<T> {
  const { body } = await requestResource<T>(client, resource, {
    method: 'GET',
    path: objectPath(client, resource, key),
    ...(signal === undefined ? {} : { signal }),
  });
  return body;
}

/** The object, or undefined where there is none. @throws KubeError, CrdsMissing too */
export async function findObject<T extends KubeObject = KubeObject>(
  client: KubeClient,
  resource: Resource,
  key: ObjectKey,
  options: ReadOptions = {},
): Promise<T | undefined> {
  try {
    return await getObject<T>(client, resource, key, options);
  } catch (error) {
    if (error instanceof KubeError && error.httpStatus === 404 && error.code !== 'CrdsMissing')
      return undefined;
    throw error;
  }
}
