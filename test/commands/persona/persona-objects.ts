// Personas for tests, and how the commands meet the test cluster.
import type { TestCluster } from '../../cluster/use-cluster.ts';
import { runHere, type Outcome, type Surroundings } from '../command-line.ts';

/** A persona's manifest; `spec` is merged over a minimal one. */
export function createPersona(
  name: string,
  { spec = {}, ...metadata }: { spec?: object; labels?: Record<string, string>; namespace?: string } = {},
) {
  return {
    apiVersion: 'dorgu.io/v1',
    kind: 'ApplicationPersona',
    metadata: { name, ...metadata },
    spec: { name, type: 'api', ...spec },
  };
}

/** Several objects for `kubectl apply -f -`. */
export function toList(items: readonly object[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}

/** Runs `kubectl dorgu` in this process, in a namespace of the test cluster. */
export function runIn(
  cluster: TestCluster,
  namespace: string,
  argv: readonly string[],
  surroundings: Surroundings = {},
): Promise<Outcome> {
  return runHere([...argv, '-n', namespace], withCluster(cluster, surroundings));
}

/** The surroundings, with the test cluster's kubeconfig. */
export function withCluster(cluster: TestCluster, surroundings: Surroundings = {}): Surroundings {
  return { ...surroundings, env: { KUBECONFIG: cluster.kubeconfig, ...surroundings.env } };
}

/** Writes an object's status, as an operator would. */
export async function writeStatus(
  cluster: TestCluster,
  namespace: string,
  name: string,
  status: object,
): Promise<void> {
  await cluster.expectKubectl([
    ...['patch', 'applicationpersona', name, '-n', namespace, '--subresource=status', '--type=merge'],
    ...['-p', JSON.stringify({ status })],
  ]);
}

/** A status that says Ready or why not. */
export function createStatus(phase: string, ready: 'True' | 'False', reason: string, observedGeneration = 1) {
  return {
    observedGeneration,
    phase,
    health: { status: ready === 'True' ? 'Healthy' : 'Degraded' },
    validation: {
      passed: ready === 'True',
      issues: [],
      summary: ready === 'True' ? '' : '1 error, 2 warnings',
    },
    conditions: [
      {
        type: 'Ready',
        status: ready,
        reason,
        message: `it is ${reason}`,
        observedGeneration,
        lastTransitionTime: '2026-01-02T03:04:05Z',
      },
    ],
  };
}
