// Server-side apply of a status: one request, nothing read before it.
import type { KubeClient } from './client.ts';
import type { KubeObject } from './objects.ts';
import { objectPath } from './read.ts';
import { requestResource } from './resource-request.ts';
import type { Resource } from './resources.ts';

/** Whose status it is. */
export interface StatusTarget {
  namespace?: string | undefined;
  name: string;
  /** Another object of the same name is not written: Conflict. */
  uid: string;
  /** Given, an object that has changed since is not written either: Conflict. */
  resourceVersion?: string | undefined;
}

/** How to write. */
export interface ApplyStatusOptions {
  /** Owns the fields of this status, and gives up those that it has left out since. */
  fieldManager: string;
  signal: AbortSignal;
}

/**
 * The object as the server has it now. Fields of other managers stay; those that others took from this one are taken back.
 * @throws KubeError: NotFound where the object is gone, Conflict, Invalid, RequestEntityTooLarge
 */
export async function applyStatus(
  client: KubeClient,
  resource: Resource,
  target: StatusTarget,
  status: object,
  { fieldManager, signal }: ApplyStatusOptions,
): Promise<KubeObject> {
  const { group, version, kind } = resource;
  const { namespace, name, uid, resourceVersion } = target;
  const metadata = {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    uid,
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
  };
  const { body } = await requestResource<KubeObject>(client, resource, {
    method: 'PATCH',
    path: `${objectPath(client, resource, target)}/status`,
    query: { fieldManager, force: true, fieldValidation: 'Strict' },
    contentType: 'application/apply-patch+yaml',
    body: { apiVersion: group === '' ? version : `${group}/${version}`, kind, metadata, status },
    signal,
  });
  return body;
}
