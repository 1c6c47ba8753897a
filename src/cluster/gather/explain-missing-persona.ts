// Makes of a 404 an error that helps: nearest names in the namespace, other namespaces that have the name, or CRDs that are not there.
import { compareText } from '../../api/compare-text.ts';
import { DorguError } from '../../api/errors.ts';
import { findNearest } from '../../api/nearest-word.ts';
import type { ApplicationPersona } from '../../api/personas.ts';
import type { KubeClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/kube-error.ts';
import { resources } from '../../kube/resources.ts';
import { isMissingResource } from '../missing-resource.ts';
import { readPart } from './part.ts';

/** Namespaces that are named in the hint. */
const MAX_NAMESPACES = 5;

/** The error to throw; what is no 404 stays as it is. */
export async function explainMissingPersona(
  error: unknown,
  client: KubeClient,
  { namespace, name, signal }: { namespace: string; name: string; signal?: AbortSignal | undefined },
  others: readonly ApplicationPersona[],
): Promise<unknown> {
  if (!(error instanceof KubeError) || error.httpStatus !== 404) return error;
  if (isMissingResource(error)) return error;
  const elsewhere = await readPart(client, resources.applicationPersonas, {
    fieldSelector: `metadata.name=${name}`,
    most: MAX_NAMESPACES,
    signal,
  });
  const namespaces = elsewhere.objects.map(({ metadata }) => metadata.namespace ?? '').sort(compareText);
  return createNotFoundError({ namespace, name, cause: error.message }, others, namespaces);
}

/** `persona "shpo" was not found in namespace "store"`, with where it may be meant. */
export function createNotFoundError(
  { namespace, name, cause }: { namespace: string; name: string; cause: string },
  others: readonly ApplicationPersona[],
  namespaces: readonly string[],
): DorguError {
  const near = findName(name, others);
  return new DorguError(
    'NotFound',
    `persona ${JSON.stringify(name)} was not found in namespace ${JSON.stringify(namespace)}`,
    { cause, hint: formatHint(namespace, near, namespaces) },
  );
}

/** The persona of the application that is called so, else the nearest name. */
function findName(name: string, others: readonly ApplicationPersona[]): string | undefined {
  const byApplication = others.find(({ spec }) => spec.name === name);
  if (byApplication !== undefined) return byApplication.metadata.name;
  return findNearest(
    name,
    others.map(({ metadata }) => metadata.name),
  );
}

function formatHint(namespace: string, near: string | undefined, namespaces: readonly string[]): string {
  const [first] = namespaces;
  if (first !== undefined)
    return `there is one in ${namespaces.length === 1 ? 'namespace' : 'namespaces'} ${namespaces.join(', ')}: -n ${first}`;
  if (near !== undefined) return `did you mean ${near}?`;
  return `kubectl dorgu persona list -n ${namespace} shows those of the namespace, -A those of all`;
}
