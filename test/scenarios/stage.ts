// A cluster of its own with controllers, scheduler and nodes, and the operator as a process under its own account: it sees every persona there is.
import { isClusterRequired } from '../cluster/connection.ts';
import { startControlPlane, type ControlPlane } from '../cluster/control-plane.ts';
import { installCrds } from '../cluster/crds.ts';
import { kubectlOrThrow } from '../cluster/kubectl.ts';
import { createOperatorAccount } from '../cluster/operator-account.ts';
import { findPrograms } from '../cluster/programs.ts';
import { waitUntil } from '../cluster/wait-until.ts';
import { spawnOperator, type OperatorChild } from '../operator/child.ts';
import { expectStatusInvariants } from '../operator/status-invariants.ts';

/** Conditions and the rest of a persona's status, as the tests look at it. */
export interface PersonaStatus {
  phase?: string;
  observedGeneration?: number;
  health?: { status?: string; podFailures?: { reason: string }[] };
  validation?: { passed: boolean; issues?: { rule: string }[] };
  deployments?: { current?: string; lastSuccessful?: string; lastFailed?: string };
  argoCD?: Record<string, string>;
  conditions?: { type: string; status: string; reason: string; message: string }[];
}

/** What the scenarios work with. */
export interface Stage {
  plane: ControlPlane;
  operator: OperatorChild;
  kubectl: (args: readonly string[], ...objects: object[]) => Promise<string>;
  /** Applies objects into a namespace. */
  apply: (namespace: string, ...objects: object[]) => Promise<void>;
  status: (namespace: string, name: string) => Promise<PersonaStatus>;
  /** Waits for a status; what it was last is in the error. Every status that is seen is held to the invariants. */
  until: (
    namespace: string,
    name: string,
    fits: (status: PersonaStatus) => boolean,
  ) => Promise<PersonaStatus>;
  stop: () => Promise<void>;
}

/** Starts both; undefined where the programs are missing: then the tests are skipped. */
export async function startStage(): Promise<Stage | undefined> {
  const search = await findPrograms({ environment: process.env, report: () => undefined });
  if ('missing' in search) {
    if (isClusterRequired(process.env)) throw new Error(search.missing);
    return undefined;
  }
  const plane = await startControlPlane({ programs: search.programs });
  try {
    await installCrds(plane.kubectl);
    const kubeconfig = await createOperatorAccount(plane.kubectl, plane.folder);
    return furnish(plane, spawnOperator([`--kubeconfig=${kubeconfig}`, '--resync-interval=10s']));
  } catch (error) {
    await plane.stop();
    throw error;
  }
}

function furnish(plane: ControlPlane, operator: OperatorChild): Stage {
  const kubectl: Stage['kubectl'] = (args, ...objects) =>
    kubectlOrThrow(plane.kubectl, args, {
      input: objects.map((object) => JSON.stringify(object)).join('\n---\n'),
    });
  const read = async (namespace: string, name: string) => {
    const text = await kubectl(['get', 'applicationpersona', name, '-n', namespace, '-o', 'json']);
    const object = JSON.parse(text) as { status?: PersonaStatus };
    // Between a change of the spec and the next look an old status stands there: only what was written is judged.
    if (isCurrent(object)) expectStatusInvariants(object);
    return object.status ?? {};
  };
  return {
    plane,
    operator,
    kubectl,
    apply: async (namespace, ...objects) => {
      await kubectl(['apply', '--server-side', '--force-conflicts', '-n', namespace, '-f', '-'], ...objects);
    },
    status: read,
    until: async (namespace, name, fits) => {
      let last: PersonaStatus = {};
      const ask = async () => ((last = await read(namespace, name)), fits(last) ? last : undefined);
      return waitUntil(`a status of ${name}`, ask, { timeoutMs: 30_000, intervalMs: 50 }).catch(
        (error: unknown) => {
          throw new Error(`${String(error)}; the last one was ${JSON.stringify(last)}`);
        },
      );
    },
    stop: async () => {
      operator.kill('SIGTERM');
      await operator.ended;
      await plane.stop();
    },
  };
}

function isCurrent(object: { status?: PersonaStatus; metadata?: { generation?: number } }): boolean {
  return object.status?.observedGeneration === object.metadata?.generation;
}
