// Reads an Argo CD Application: where it deploys to, what it has deployed, and how that is. Foreign in every field.
import { fieldAt, listOf, textOf } from '../../api/foreign-fields.ts';
import { isMainKind } from './managed-kinds.ts';

/** As much of an Application as a persona's status is made of. JSON. */
export interface ArgoApplication {
  namespace: string;
  name: string;
  destination: {
    /** URL of the API server, or the name that Argo CD gives the cluster; empty where it says the other. */
    server: string;
    name: string;
    namespace: string;
  };
  /** Workloads among status.resources, as `namespace/Kind/name`. */
  workloads: readonly string[];
  syncStatus: string;
  healthStatus: string;
  /** Revisions that it compares the cluster with: one for each source. */
  compared: readonly string[];
  /** Revisions of the last sync that went well, and when it ended. */
  synced: readonly string[];
  syncedAt: string;
}

/** More resources and sources than these are not looked at. */
const maxResources = 10_000;
const maxRevisions = 20;

/** The Application; what is missing or of another type reads as empty. Never throws. */
export function readArgoApplication(object: unknown): ArgoApplication {
  const at = (...path: string[]) => textOf(fieldAt(object, ...path));
  const destination = {
    server: at('spec', 'destination', 'server'),
    name: at('spec', 'destination', 'name'),
    namespace: at('spec', 'destination', 'namespace'),
  };
  return {
    namespace: at('metadata', 'namespace'),
    name: at('metadata', 'name'),
    destination,
    workloads: listOf(fieldAt(object, 'status', 'resources'))
      .slice(0, maxResources)
      .flatMap((resource) => toWorkload(resource, destination.namespace)),
    syncStatus: at('status', 'sync', 'status'),
    healthStatus: at('status', 'health', 'status'),
    compared: readRevisions(fieldAt(object, 'status', 'sync')),
    ...readLastSync(object),
  };
}

function toWorkload(resource: unknown, defaultNamespace: string): string[] {
  const [group, kind, name] = ['group', 'kind', 'name'].map((field) => textOf(fieldAt(resource, field)));
  if (group === undefined || kind === undefined || !isMainKind(group, kind)) return [];
  const namespace = textOf(fieldAt(resource, 'namespace')) || defaultNamespace;
  return [`${namespace}/${kind}/${name ?? ''}`];
}

/** Several sources have several; `revision` is left empty then. */
function readRevisions(value: unknown): string[] {
  const several = listOf(fieldAt(value, 'revisions')).slice(0, maxRevisions).map(textOf);
  const revisions = several.length > 0 ? several : [textOf(fieldAt(value, 'revision'))];
  return revisions.filter((revision) => revision !== '');
}

/** The operation that went well last; where the last one did not, what the history says of the one before. */
function readLastSync(object: unknown): Pick<ArgoApplication, 'synced' | 'syncedAt'> {
  const operation = fieldAt(object, 'status', 'operationState');
  const result = readRevisions(fieldAt(operation, 'syncResult'));
  if (fieldAt(operation, 'phase') === 'Succeeded' && result.length > 0)
    return { synced: result, syncedAt: textOf(fieldAt(operation, 'finishedAt')) };
  const last = listOf(fieldAt(object, 'status', 'history')).at(-1);
  return { synced: readRevisions(last), syncedAt: textOf(fieldAt(last, 'deployedAt')) };
}
