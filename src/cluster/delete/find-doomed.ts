// The personas that a deletion means: by name, by selector, or those of files; all are looked up before the first is deleted.
import { KubeError } from '../../kube/kube-error.ts';
import type { KubeClient } from '../../kube/client.ts';
import { listObjects, type ListOptions } from '../../kube/list.ts';
import type { KubeObject } from '../../kube/objects.ts';
import { findObject } from '../../kube/read.ts';
import { resources, type Resource } from '../../kube/resources.ts';

/** A live persona that is to go. */
export interface Doomed {
  object: KubeObject;
  resource: Resource;
}

/** One persona that somebody named. */
export interface NamedPersona {
  resource: Resource;
  name: string;
  /** Undefined for what has none. */
  namespace: string | undefined;
}

/**
 * Those that are there.
 * @throws KubeError NotFound naming all that are not, unless `isMissingFine`; DorguError Preflight where the CRDs are missing
 */
export async function findNamed(
  client: KubeClient,
  named: readonly NamedPersona[],
  { isMissingFine, signal }: { isMissingFine: boolean; signal: AbortSignal },
): Promise<Doomed[]> {
  const found: Doomed[] = [];
  const missing: NamedPersona[] = [];
  for (const one of named) {
    const object = await findObject(client, one.resource, one, { signal });
    if (object === undefined) missing.push(one);
    else found.push({ object, resource: one.resource });
  }
  if (missing.length === 0 || isMissingFine) return found;
  // Without the CRDs nothing is there, and a list says so.
  await findSelected(client, { namespace: client.namespace, limit: 1, signal });
  throw createMissingError(missing);
}

/** Those of a selector, or all. @throws KubeError; CrdsMissing where the cluster does not know personas */
export async function findSelected(client: KubeClient, query: ListOptions): Promise<Doomed[]> {
  const resource = resources.applicationPersonas;
  return (await listObjects(client, resource, query)).map((object) => ({ object, resource }));
}

function createMissingError(missing: readonly NamedPersona[]): KubeError {
  const describe = ({ name, resource, namespace }: NamedPersona) =>
    `${resource.kind.toLowerCase()} ${name}${namespace === undefined ? '' : ` in ${namespace}`}`;
  const [first] = missing;
  const what = missing.map(describe).join(', ');
  const where = first?.namespace === undefined ? '' : ` -n ${first.namespace}`;
  return new KubeError('NotFound', `there is no ${what}`, {
    hint: `kubectl dorgu persona list${where} shows what there is; --ignore-not-found deletes the others`,
  });
}
