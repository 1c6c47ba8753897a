// Listing objects page by page.
import type { KubeClient } from './client.ts';
import { KubeError } from './kube-error.ts';
import type { KubeObject } from './objects.ts';
import { requestResource } from './resource-request.ts';
import { pathOf, type Resource } from './resources.ts';

/** What to list. */
export interface ListOptions {
  /** One namespace; all of them where it is left out. */
  namespace?: string | undefined;
  labelSelector?: string | undefined;
  fieldSelector?: string | undefined;
  /** Objects a page; 500 as kubectl. */
  limit?: number;
  /** Only apiVersion, kind and metadata of each object: a tenth of the bytes. */
  isMetadataOnly?: boolean;
  signal?: AbortSignal | undefined;
}

/** One page. */
export interface Page<T extends KubeObject = KubeObject> {
  items: readonly T[];
  /** Of the list as a whole: where a watch would go on. */
  resourceVersion: string;
  /** How many more there are, where the server says so. */
  remaining: number | undefined;
  /** True where the list had to begin anew (410 Expired): throw away what came before. */
  restarted: boolean;
}

/** A list, as the server sends it; in lists of built-in kinds the items lack apiVersion and kind. */
interface ListBody {
  kind?: string;
  apiVersion?: string;
  metadata?: { resourceVersion?: string; continue?: string; remainingItemCount?: number };
  items?: (Partial<KubeObject> | null)[] | null;
}

/** The server keeps a page's token for minutes; who takes longer than that five times will not get there. */
const maxRestarts = 5;

const metadataOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/** The pages of a list. @throws KubeError */
export async function* listPages<T extends KubeObject = KubeObject>(
  client: KubeClient,
  resource: Resource,
  options: ListOptions = {},
): AsyncGenerator<Page<T>, void, undefined> {
  let token: string | undefined;
  let restarts = 0;
  let restarted = false;
  for (;;) {
    const body = await requestPage(client, resource, options, token).catch((error: unknown) => {
      // Only a page in the middle expires; from the start the list is always to be had.
      if (token === undefined || !isExpired(error) || restarts >= maxRestarts) throw error;
      return undefined;
    });
    if (body === undefined) {
      token = undefined;
      restarts += 1;
      restarted = true;
      continue;
    }
    yield toPage<T>(body, resource, restarted);
    restarted = false;
    token = body.metadata?.continue || undefined;
    if (token === undefined) return;
  }
}

/** All objects of a list, each once. @throws KubeError */
export async function listObjects<T extends KubeObject = KubeObject>(
  client: KubeClient,
  resource: Resource,
  options: ListOptions = {},
): Promise<T[]> {
  let objects: T[] = [];
  for await (const { items, restarted } of listPages<T>(client, resource, options)) {
    if (restarted) objects = [];
    for (const item of items) objects.push(item);
  }
  return objects;
}

async function requestPage(
  client: KubeClient,
  resource: Resource,
  { namespace, labelSelector, fieldSelector, limit = 500, isMetadataOnly = false, signal }: ListOptions,
  token: string | undefined,
): Promise<ListBody> {
  const { body } = await requestResource<ListBody>(client, resource, {
    method: 'GET',
    path: pathOf(resource, namespace === undefined ? {} : { namespace }),
    query: { limit, labelSelector, fieldSelector, continue: token },
    ...(isMetadataOnly ? { accept: metadataOnly } : {}),
    ...(signal === undefined ? {} : { signal }),
  });
  return body;
}

function toPage<T extends KubeObject>(body: ListBody, resource: Resource, restarted: boolean): Page<T> {
  const { resourceVersion = '', remainingItemCount } = body.metadata ?? {};
  const apiVersion = resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
  const items = (body.items ?? [])
    .filter((item) => item !== null)
    .map((item) => ({ ...item, apiVersion, kind: resource.kind }) as T);
  return { items, resourceVersion, remaining: remainingItemCount, restarted };
}

function isExpired(error: unknown): boolean {
  return error instanceof KubeError && error.httpStatus === 410;
}
