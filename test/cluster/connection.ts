// What a test needs to know of the shared cluster, and how it asks the process that has started it.
import { connect } from 'node:net';
import type { ControlPlane } from './control-plane.ts';
import type { KubectlTarget } from './kubectl.ts';

/** A control plane as another process sees it. */
export interface ClusterConnection {
  server: string;
  kubectl: KubectlTarget;
  hasWorkloads: boolean;
}

/** The answer to "may I have the cluster": it, in one line why there is none on this machine, or what went wrong with it. */
export type ClusterAnswer = { cluster: ClusterConnection } | { missing: string } | { failed: string };

/** The variable that tells workers the path of the socket. */
export const socketVariable = 'DORGU_TEST_CLUSTER_SOCKET';

/** What is passed on of a control plane. */
export function toConnection({ server, kubectl, hasWorkloads }: ControlPlane): ClusterConnection {
  return { server, kubectl, hasWorkloads };
}

/** Asks for the cluster; the first to ask makes it start. Throws outside of a mocha run that has the fixture. */
export async function requestCluster(environment: NodeJS.ProcessEnv): Promise<ClusterAnswer> {
  const path = environment[socketVariable];
  if (!path)
    throw new Error(
      'no cluster fixture in this run: let mocha read .mocharc.json, which requires test/cluster/fixture.ts',
    );
  const chunks: Buffer[] = [];
  for await (const chunk of connect(path)) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as ClusterAnswer;
}

/** Whether a cluster that is not to be had is a failure: in CI (CI set to anything but empty, 0 or false), where nobody reads skips. */
export function isClusterRequired(environment: NodeJS.ProcessEnv): boolean {
  return !['', '0', 'false'].includes((environment['CI'] ?? '').toLowerCase());
}
