// Looks whether the objects that a pod needs are there. Of a Secret nothing but the names of its keys leaves this file.
import { fieldAt, fieldsOf, textOf } from '../../api/foreign-fields.ts';
import type { KubeClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/kube-error.ts';
import { pathOf, resources, type Resource } from '../../kube/resources.ts';
import type { CheckedReference, Lookup } from './reference-causes.ts';
import type { Reference, ReferenceKind } from './references.ts';

const RESOURCES: Record<ReferenceKind, Resource> = {
  Secret: resources.secrets,
  ConfigMap: resources.configMaps,
  PersistentVolumeClaim: resources.persistentVolumeClaims,
  ServiceAccount: resources.serviceAccounts,
};

/** Requests under way at once. */
const CONCURRENCY = 8;

const METADATA_ONLY = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

/** Where to look. */
export interface CheckOptions {
  namespace: string;
  signal?: AbortSignal | undefined;
}

/** Each reference with what was found; in their order. @throws what is no answer of the server, such as an interruption */
export async function checkReferences(
  client: KubeClient,
  references: readonly Reference[],
  options: CheckOptions,
): Promise<CheckedReference[]> {
  const checked: CheckedReference[] = [];
  const queue = [...references.entries()];
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, reference] = next;
      checked[index] = { ...reference, lookup: await lookUp(client, reference, options) };
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return checked;
}

async function lookUp(
  client: KubeClient,
  { kind, name, keys }: Reference,
  { namespace, signal }: CheckOptions,
): Promise<Lookup> {
  const needsContent = kind === 'PersistentVolumeClaim' || keys.size > 0;
  try {
    const { body } = await client.request({
      method: 'GET',
      path: pathOf(RESOURCES[kind], { namespace, name }),
      ...(needsContent ? {} : { accept: METADATA_ONLY }),
      ...(signal === undefined ? {} : { signal }),
    });
    const phase = kind === 'PersistentVolumeClaim' ? textOf(fieldAt(body, 'status', 'phase')) : '';
    return { state: 'present', keys: readKeyNames(body), ...(phase === '' ? {} : { claimPhase: phase }) };
  } catch (error) {
    return toFailedLookup(error);
  }
}

function toFailedLookup(error: unknown): Lookup {
  if (!(error instanceof KubeError) || error.httpStatus === undefined) throw error;
  if (error.httpStatus === 404) return { state: 'missing' };
  return error.httpStatus === 403 ? { state: 'forbidden' } : { state: 'unknown', message: error.message };
}

/** Names alone: values are dropped with the answer. */
function readKeyNames(body: unknown): Set<string> {
  return new Set([
    ...Object.keys(fieldsOf(fieldAt(body, 'data'))),
    ...Object.keys(fieldsOf(fieldAt(body, 'binaryData'))),
  ]);
}
