// Reads one part of what a judgement needs, so that a part that may not be read is missed and said, and the rest goes on.
import type { KubeClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/kube-error.ts';
import { listPages } from '../../kube/list.ts';
import type { KubeObject } from '../../kube/objects.ts';
import type { Resource } from '../../kube/resources.ts';
import { isMissingResource } from '../missing-resource.ts';

/** Something that could not be read, and why, in the server's words. */
export interface Unseen {
  /** `horizontalpodautoscalers`, `pods` */
  resource: string;
  message: string;
  /** The user may not; anything else is a failure that may pass. */
  isForbidden: boolean;
}

/** One kind of object, as far as it could be read. */
export interface Part<T extends KubeObject = KubeObject> {
  objects: T[];
  unseen: Unseen | undefined;
  /** Whether there are more than were read. */
  isCut: boolean;
}

/** What to read, at most. */
export interface PartOptions {
  namespace?: string | undefined;
  labelSelector?: string | undefined;
  fieldSelector?: string | undefined;
  /** Most objects that are kept. */
  most?: number;
  signal?: AbortSignal | undefined;
}

/** Lists objects. A resource that the cluster does not have holds none; one that may not be read is unseen. @throws what is no answer of the server: unreachable, interrupted, unauthorised */
export async function readPart<T extends KubeObject = KubeObject>(
  client: KubeClient,
  resource: Resource,
  { most = Infinity, ...options }: PartOptions,
): Promise<Part<T>> {
  let objects: T[] = [];
  try {
    for await (const { items, restarted } of listPages<T>(client, resource, {
      ...options,
      limit: Math.min(500, most),
    })) {
      if (restarted) objects = [];
      for (const item of items) objects.push(item);
      if (objects.length > most) return { objects: objects.slice(0, most), unseen: undefined, isCut: true };
    }
    return { objects, unseen: undefined, isCut: false };
  } catch (error) {
    const isAbsent = isMissingResource(error) || (await isForbiddenAndAbsent(client, resource, error));
    return { objects: [], unseen: isAbsent ? undefined : toUnseen(resource, error), isCut: false };
  }
}

/** Who has no rights on a resource is refused before the API server looks whether there is one; what it serves, anybody may ask. */
async function isForbiddenAndAbsent(
  client: KubeClient,
  resource: Resource,
  error: unknown,
): Promise<boolean> {
  const { group, version } = resource;
  if (!(error instanceof KubeError) || error.httpStatus !== 403 || !group.includes('.')) return false;
  try {
    await client.request({ method: 'GET', path: `/apis/${group}/${version}` });
    return false;
  } catch (refusal) {
    return refusal instanceof KubeError && refusal.httpStatus === 404;
  }
}

/** Rethrows what concerns every request alike. */
export function toUnseen(resource: Resource, error: unknown): Unseen {
  if (!(error instanceof KubeError) || error.httpStatus === undefined || error.httpStatus === 401)
    throw error;
  return { resource: resource.plural, message: error.message, isForbidden: error.httpStatus === 403 };
}
