// The personas that a deletion means: by name, by selector, or those of files; all are looked up before the first is deleted.
import { KubeError } from '../../kube/kube-error.ts';
import type { KubeClient } from '../../kube/client.ts';
import { explainSelectorError } from '../explain-selector-error.ts';
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

/** Those of a selector, or all. @throws KubeError; BadFlagValue (usage) for a selector that is none; CrdsMissing where the cluster does not know personas */
export async function findSelected(client: KubeClient, query: ListOptions): Promise<Doomed[]> {
  const resource = resources.applicationPersonas;
  const objects = await listObjects(client, resource, query).catch((error: unknown) => {
    throw explainSelectorError(error);
  });
  return objects.map((object) => ({ object, resource }));
}

function createMissingError(missing: readonly NamedPersona[]): KubeError {
  const [first] = missing;
  const where = first?.namespace === undefined ? '' : ` -n ${first.namespace}`;
  return new KubeError('NotFound', describeMissing(missing), {
    hint: `kubectl dorgu persona list${where} shows what there is; --ignore-not-found deletes the others`,
  });
}

/** One in the words of every command; of several, what tells them apart. */
function describeMissing(missing: readonly NamedPersona[]): string {
  const [first, second] = missing;
  if (first !== undefined && second === undefined) {
    const kind = first.namespace === undefined ? 'ClusterPersona' : 'persona';
    const place = first.namespace === undefined ? '' : ` in namespace ${JSON.stringify(first.namespace)}`;
    return `${kind} ${JSON.stringify(first.name)} was not found${place}`;
  }
  const places = missing.map(({ name, namespace }) =>
    namespace === undefined ? name : `${name} in ${namespace}`,
  );
  return `${missing.length} personas were not found: ${places.join(', ')}`;
}
