// Reads everything live that judging one persona needs.
import type { ApplicationPersona } from '../../api/personas.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { KubeObject } from '../../kube/objects.ts';
import { getObject } from '../../kube/read.ts';
import { resources } from '../../kube/resources.ts';
import { judgeRollout } from '../../status/rollout.ts';
import { findWorkloads } from '../../workload/belongs-to.ts';
import type { Workload } from '../../workload/workload.ts';
import { explainMissingPersona } from './explain-missing-persona.ts';
import { gatherNamespaces } from './gather-namespaces.ts';
import type { NamespaceView } from './namespace-view.ts';
import type { Unseen } from './part.ts';
import { readPodsOf } from './pods-of.ts';

/** Which persona. */
export interface PersonaKey {
  namespace: string;
  name: string;
  signal?: AbortSignal | undefined;
}

/** A persona in its surroundings. */
export interface PersonaView {
  persona: ApplicationPersona;
  /** Its namespace. */
  around: NamespaceView;
  /** The workloads that belong to it. */
  workloads: readonly Workload[];
  /** Pods of those workloads that are not as they should be, as the API has them. */
  pods: readonly KubeObject[];
  /** What could not be read, pods included. */
  unseen: readonly Unseen[];
}

/** Workloads of one persona whose pods are read; more belong to it by mistake. */
const MAX_WORKLOADS = 10;

/**
 * The persona with all that belongs to it.
 * @throws DorguError NotFound with the nearest names, Preflight where the cluster lacks our CRDs; KubeError where nothing can be read
 */
export async function gatherPersona(
  client: KubeClient,
  { namespace, name, signal }: PersonaKey,
): Promise<PersonaView> {
  const namespaces = await gatherNamespaces(client, { namespace, signal });
  const around = namespaces.get(namespace);
  if (around === undefined) throw new Error(`namespace ${namespace} was asked for and not gathered`);
  const persona =
    around.personas.find(({ metadata }) => metadata.name === name) ??
    (await readPersona(client, { namespace, name, signal }, around));
  const workloads = findWorkloads(persona, around.workloads);
  const parts = await Promise.all(
    workloads
      .filter(needsExplanation)
      .slice(0, MAX_WORKLOADS)
      .map((workload) => readPodsOf(client, workload, around.madeJobs, signal)),
  );
  const unseen = parts.flatMap((part) => part.unseen ?? []).slice(0, 1);
  return {
    persona,
    around,
    workloads,
    pods: parts.flatMap(({ objects }) => objects),
    unseen: [...around.unseen, ...unseen],
  };
}

/** Whether its pods have something to tell: whatever is neither as it should be nor at rest. */
export function needsExplanation(workload: Workload): boolean {
  const { state } = judgeRollout(workload);
  return state !== 'complete' && state !== 'idle';
}

/** By itself: it may be new, or the list not for the user to see. */
async function readPersona(
  client: KubeClient,
  { namespace, name, signal }: PersonaKey,
  around: NamespaceView,
): Promise<ApplicationPersona> {
  try {
    return await getObject<ApplicationPersona & KubeObject>(
      client,
      resources.applicationPersonas,
      { namespace, name },
      { signal },
    );
  } catch (error) {
    throw await explainMissingPersona(error, client, { namespace, name, signal }, around.personas);
  }
}
