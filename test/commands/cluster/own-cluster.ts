// A control plane of its own for the tests that make ClusterPersonas and nodes: an API server alone, without controllers.
import { connect } from '../../../src/kube/connect.ts';
import type { KubeClient } from '../../../src/kube/client.ts';
import { isClusterRequired } from '../../cluster/connection.ts';
import { startControlPlane, type ControlPlane } from '../../cluster/control-plane.ts';
import { kubectlOrThrow } from '../../cluster/kubectl.ts';
import { findPrograms } from '../../cluster/programs.ts';
import { runHere, type Outcome } from '../command-line.ts';

/** The cluster, and how commands and tests meet it. */
export interface OwnCluster {
  plane: ControlPlane;
  client: KubeClient;
  /** `kubectl dorgu`, in this process. */
  run(...argv: string[]): Promise<Outcome>;
  kubectl(args: readonly string[], input?: object): Promise<string>;
  stop(): Promise<void>;
}

/** Undefined where the programs are missing; then the tests are skipped. */
export async function startOwnCluster({
  apiServerFlags = [],
}: { apiServerFlags?: readonly string[] } = {}): Promise<OwnCluster | undefined> {
  const search = await findPrograms({ environment: process.env, report: () => undefined });
  if ('missing' in search) {
    if (isClusterRequired(process.env)) throw new Error(search.missing);
    return undefined;
  }
  const { workloads: _, ...programs } = search.programs;
  const plane = await startControlPlane({ programs, nodes: 0, apiServerFlags });
  const env = { KUBECONFIG: plane.kubectl.kubeconfig, LANG: 'C.UTF-8' };
  const client = await connect({ env, home: '', cwd: '/', userAgent: 'test' });
  return {
    plane,
    client,
    run: (...argv) => runHere(argv, { env }),
    kubectl: (args, input) =>
      kubectlOrThrow(plane.kubectl, args, input === undefined ? {} : { input: JSON.stringify(input) }),
    stop: async () => {
      client.close();
      await plane.stop();
    },
  };
}

/** Creates objects at one path, many at a time. */
export async function createAll(client: KubeClient, path: string, objects: readonly object[]): Promise<void> {
  const queue = objects.values();
  const work = async () => {
    for (const body of queue) await client.request({ method: 'POST', path, body });
  };
  await Promise.all(Array.from({ length: 32 }, work));
}
