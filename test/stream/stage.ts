// A control plane with the operator's stream in front of it, and people with credentials of every kind who want to see it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConnectedClient } from '../../src/kube/client.ts';
import { connect } from '../../src/kube/connect.ts';
import { readAuthority, type Authority, type KeyPair } from '../cluster/certificates.ts';
import { isClusterRequired } from '../cluster/connection.ts';
import { startControlPlane, type ControlPlane } from '../cluster/control-plane.ts';
import { installCrds } from '../cluster/crds.ts';
import type { PodForwards } from '../cluster/kwok.ts';
import { writeKubeconfig } from '../cluster/kubeconfig.ts';
import { kubectlOrThrow } from '../cluster/kubectl.ts';
import { createOperatorAccount, operatorNamespace } from '../cluster/operator-account.ts';
import { findPrograms } from '../cluster/programs.ts';
import { waitUntil } from '../cluster/wait-until.ts';
import { spawnOperator, type OperatorChild } from '../operator/child.ts';

/** The name that the stream's certificate bears, and that callers ask for. */
export const streamHost = `dorgu-stream.${operatorNamespace}.svc`;

/** What somebody shows: a token, or a client certificate. */
export type Credentials = { token: string } | KeyPair;

/** All of it. */
export interface StreamStage {
  plane: ControlPlane;
  /** An administrator's. */
  client: ConnectedClient;
  /** Of client certificates. */
  authority: Authority;
  /** A kubectl command that has to work; objects are its input, as one list. */
  readonly kubectl: (args: readonly string[], ...objects: object[]) => Promise<string>;
  /** Starts a replica that serves the stream, and waits for it to be ready; it is killed with the stage at the latest. */
  startOperator(flags?: readonly string[]): Promise<StreamReplica>;
  /** Resolves with the CA that the stream's certificate is signed by. */
  readStreamAuthority(): Promise<string>;
  /** The API server with these credentials; closed with the stage. */
  connectAs(credentials: Credentials): Promise<Person>;
  stop(): Promise<void>;
}

/** Somebody, as the API server meets them. */
export interface Person {
  kubeconfig: string;
  client: ConnectedClient;
}

/** One replica. */
export interface StreamReplica extends OperatorChild {
  streamPort: number;
}

/** What may differ: whether there are controllers and nodes, and where port-forwards lead. */
export interface StageOptions {
  nodes?: number;
  forwardPodsTo?: PodForwards;
}

/** Starts it, without an operator. Undefined where the programs are missing; then the tests are skipped. */
export async function startStreamStage({ nodes = 0, forwardPodsTo }: StageOptions = {}): Promise<
  StreamStage | undefined
> {
  const search = await findPrograms({ environment: process.env, report: () => undefined });
  if ('missing' in search) {
    if (isClusterRequired(process.env)) throw new Error(search.missing);
    return undefined;
  }
  const { workloads, ...basic } = search.programs;
  const programs = nodes === 0 || workloads === undefined ? basic : { ...basic, workloads };
  const plane = await startControlPlane({ programs, nodes, ...(forwardPodsTo && { forwardPodsTo }) });
  try {
    await installCrds(plane.kubectl);
    return await furnish(plane, await createOperatorAccount(plane.kubectl, plane.folder));
  } catch (error) {
    await plane.stop();
    throw error;
  }
}

async function furnish(plane: ControlPlane, kubeconfig: string): Promise<StreamStage> {
  const operators: OperatorChild[] = [];
  const kubectl: StreamStage['kubectl'] = (args, ...objects) =>
    kubectlOrThrow(plane.kubectl, args, objects.length === 0 ? {} : { input: toList(objects) });
  const readKey = (name: string) => readFile(join(plane.folder, 'keys', name), 'utf8');
  const serverCa = await readKey('ca.crt');
  const authority = await readAuthority({ certificate: serverCa, key: await readKey('ca.key') });
  const base = { home: '', cwd: plane.folder, userAgent: 'test' };
  const client = await connect({ env: { KUBECONFIG: plane.kubectl.kubeconfig }, ...base });
  const clients = [client];
  let people = 0;
  return {
    plane,
    client,
    authority,
    kubectl,
    startOperator: async (flags = []) => {
      const operator = spawnOperator(
        [
          `--kubeconfig=${kubeconfig}`,
          '--enable-websocket',
          '--websocket-bind-address=127.0.0.1:0',
          ...flags,
        ],
        { POD_NAMESPACE: operatorNamespace },
      );
      operators.push(operator);
      await untilReady(operator);
      return Object.assign(operator, { streamPort: await operator.port('stream') });
    },
    readStreamAuthority: () =>
      kubectl(['get', 'configmap', 'dorgu-ca', '-n', operatorNamespace, '-o', 'jsonpath={.data.ca\\.crt}']),
    connectAs: async (credentials) => {
      const path = join(plane.folder, `person-${(people += 1)}.kubeconfig`);
      await writeKubeconfig(path, { server: plane.server, authority: serverCa, user: 'person', credentials });
      const person = await connect({ env: { KUBECONFIG: path }, ...base });
      clients.push(person);
      return { kubeconfig: path, client: person };
    },
    stop: async () => {
      for (const one of clients) one.close();
      for (const operator of operators) {
        operator.kill('SIGKILL');
        await operator.ended;
      }
      await plane.stop();
    },
  };
}

async function untilReady(operator: OperatorChild): Promise<void> {
  const port = await operator.port('health');
  const ask = async () => ((await fetch(`http://127.0.0.1:${port}/readyz`)).ok ? true : undefined);
  await waitUntil('readiness', ask, { timeoutMs: 30_000 });
}

function toList(items: readonly object[]): string {
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
}
