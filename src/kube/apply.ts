// Server-side apply of one object, with what came of it.
import { isDeepStrictEqual } from 'node:util';
import type { KubeClient } from './client.ts';
import type { KubeObject } from './objects.ts';
import { findObject, objectPath } from './read.ts';
import { requestResource } from './resource-request.ts';
import type { Resource } from './resources.ts';

/** How to apply. */
export interface ApplyOptions {
  fieldManager: string;
  /** Takes fields over from other managers. */
  force?: boolean;
  isDryRun?: boolean;
  /** `status` */
  subresource?: string;
  signal?: AbortSignal | undefined;
}

/** As kubectl's words for it. */
export type ApplyOutcome = 'created' | 'configured' | 'unchanged';

/** The object as the server has it now. */
export interface Applied<T extends KubeObject = KubeObject> {
  outcome: ApplyOutcome;
  object: T;
}

/**
 * Applies the object; in the client's namespace where it names none.
 * @throws KubeError; code Conflict where other managers own fields (see {@link parseApplyConflicts})
 */
export async function applyObject<T extends KubeObject = KubeObject>(
  client: KubeClient,
  resource: Resource,
  object: KubeObject,
  { fieldManager, force = false, isDryRun = false, subresource, signal }: ApplyOptions,
): Promise<Applied<T>> {
  const { name, namespace } = object.metadata;
  const key = { name, namespace };
  const asked = signal === undefined ? {} : { signal };
  const before = await findObject(client, resource, key, asked);
  const path = objectPath(client, resource, key);
  const { body } = await requestResource<T>(client, resource, {
    method: 'PATCH',
    path: subresource === undefined ? path : `${path}/${subresource}`,
    query: { fieldManager, force, fieldValidation: 'Strict', dryRun: isDryRun ? 'All' : undefined },
    contentType: 'application/apply-patch+yaml',
    body: object,
    ...asked,
  });
  return { outcome: outcomeOf(before, body, isDryRun), object: body };
}

function outcomeOf(before: KubeObject | undefined, after: KubeObject, isDryRun: boolean): ApplyOutcome {
  if (before === undefined) return 'created';
  const isSame = isDryRun
    ? isDeepStrictEqual(withoutBookkeeping(before), withoutBookkeeping(after))
    : before.metadata.resourceVersion === after.metadata.resourceVersion;
  return isSame ? 'unchanged' : 'configured';
}

/** A dry run keeps the resourceVersion, so that the content has to tell; the times of managedFields change without a change. */
function withoutBookkeeping(object: KubeObject): unknown {
  const { resourceVersion: _, managedFields = [], ...metadata } = object.metadata;
  const managers = managedFields.map((entry) => ({ ...entry, time: undefined }));
  return { ...object, metadata: { ...metadata, managers } };
}
