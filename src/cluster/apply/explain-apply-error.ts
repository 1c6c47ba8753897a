// Why an apply failed, in words that say what to do: conflicts by manager and field, a missing namespace, missing CRDs.
import { DorguError } from '../../api/errors.ts';
import { fieldAt } from '../../api/foreign-fields.ts';
import { parseApplyConflicts } from '../../kube/apply-conflicts.ts';
import { KubeError } from '../../kube/kube-error.ts';
import type { KubeObject } from '../../kube/objects.ts';
import { describeObject } from './persona-input.ts';

/** Commands that hints name, as the person would have to type them. */
export interface ApplyCommands {
  /** The same command line, taking fields over. */
  force: string;
  /** Whether that command only shows what it would change. */
  isDiff?: boolean;
}

/** The error to throw instead; the given one where nothing more is known. */
export function explainApplyError(error: unknown, object: KubeObject, commands: ApplyCommands): unknown {
  const conflicts = parseApplyConflicts(error);
  if (conflicts.length > 0 && error instanceof KubeError) return createConflictError(error, object, commands);
  const namespace = object.metadata.namespace;
  if (namespace !== undefined && isMissingNamespace(error))
    return createMissingNamespaceError(namespace, error);
  return error;
}

function createConflictError(
  cause: KubeError,
  object: KubeObject,
  { force, isDiff = false }: ApplyCommands,
): DorguError {
  const conflicts = parseApplyConflicts(cause);
  const [first] = conflicts;
  const isOne = conflicts.length === 1;
  const managers = [...new Set(conflicts.map(({ manager }) => manager))].map((name) => JSON.stringify(name));
  const them = isOne ? 'it' : 'them';
  const effect = isDiff ? `shows the difference that taking ${them} over makes` : `takes ${them} over`;
  const what = isOne ? `field ${first?.field ?? ''} belongs` : `${conflicts.length} fields belong`;
  return new DorguError('Conflict', `${describeObject(object)}: ${what} to ${managers.join(', ')}`, {
    cause,
    hint: `${force} ${effect}; or leave ${them} out of the persona`,
    details: isOne
      ? []
      : conflicts.map(({ field, manager }) => `${field} belongs to ${JSON.stringify(manager)}`),
  });
}

/** The server names the kind that it did not find. */
function isMissingNamespace(error: unknown): boolean {
  return (
    error instanceof KubeError &&
    error.httpStatus === 404 &&
    fieldAt(error.status, 'details', 'kind') === 'namespaces'
  );
}

function createMissingNamespaceError(namespace: string, cause: unknown): DorguError {
  return new DorguError('NotFound', `there is no namespace ${JSON.stringify(namespace)}`, {
    cause,
    hint: `kubectl create namespace ${namespace}; -n NAMESPACE takes another one`,
  });
}
