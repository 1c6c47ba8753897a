// Runs `persona status` in a namespace of the test cluster, for the suites that share objects there.
import { useCluster } from '../../cluster/use-cluster.ts';
import { waitUntil } from '../../cluster/wait-until.ts';
import { runHere } from '../command-line.ts';
import { listOfObjects } from './cluster-objects.ts';

/** What -o json holds, as far as tests read it. */
export interface Shown {
  status: { phase: string; conditions: { type: string; status: string; reason: string }[] };
  judgedBy: string;
  diagnoses: { causes: { code: string; what: string; todo: string }[] }[];
  unseen: { resource: string }[];
}

/** Waits until it holds; what was awaited stands in the error. */
export async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  await waitUntil(what, async () => ((await holds()) ? true : undefined), {
    timeoutMs: 40_000,
    intervalMs: 50,
  });
}

/** A namespace with what tests do in it. Call it in a describe. */
export function useStatusSession() {
  const cluster = useCluster({ workloads: true });
  let namespace: string;
  before('objects', async () => {
    namespace = await cluster.createNamespace();
  });

  const apply = (...objects: Record<string, unknown>[]) =>
    cluster.expectKubectl(['apply', '-n', namespace, '-f', '-'], { input: listOfObjects(...objects) });
  const run = (...argv: string[]) =>
    runHere(['persona', 'status', '-n', namespace, ...argv], {
      env: cluster.environment as Record<string, string>,
    });
  const read = async (...argv: string[]) => JSON.parse((await run(...argv, '-o', 'json')).stdout) as Shown;
  const waitForRollout = (target: string) =>
    cluster.expectKubectl(['rollout', 'status', target, '-n', namespace, '--timeout=50s']);
  /** The name of the only pod with a label, once there is one. */
  const findPod = async (app: string) => {
    let name = '';
    await until(`a pod of ${app}`, async () => {
      const args = [
        'get',
        'pods',
        '-n',
        namespace,
        '-l',
        `app=${app}`,
        '-o',
        'jsonpath={.items[*].metadata.name}',
      ];
      name = await cluster.expectKubectl(args);
      return name !== '';
    });
    return name;
  };
  const patchPod = async (app: string, status: object) =>
    cluster.expectKubectl([
      'patch',
      'pod',
      await findPod(app),
      '-n',
      namespace,
      '--subresource=status',
      '--type=merge',
      '-p',
      JSON.stringify({ status }),
    ]);
  return { cluster, apply, run, read, waitForRollout, findPod, patchPod, getNamespace: () => namespace };
}
