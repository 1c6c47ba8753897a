// The cluster in a test file. In a describe of a *.cluster.test.ts:
//
//   const cluster = useCluster();
//   it('takes the Deployment', async () => {
//     const namespace = await cluster.createNamespace({ 'pod-security.kubernetes.io/enforce': 'restricted' });
//     const { code, stderr } = await cluster.kubectl(['apply', '-n', namespace, '-f', '-'], { input: yaml });
//     expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
//   });
//
// It is a real API server with this project's CRDs, real controllers and scheduler, and two nodes played by kwok on which pods
// become Ready within about a second. All files of a run share it, so work in namespaces of your own.
import { isClusterRequired, requestCluster, type ClusterConnection } from './connection.ts';
import {
  kubectlEnvironment,
  kubectlOrThrow,
  runKubectl,
  type KubectlOptions,
  type KubectlResult,
} from './kubectl.ts';
import { createNamespace, removeNamespace } from './namespace.ts';

/** The shared cluster. Its members may be used in hooks and tests, not while suites are being described. */
export interface TestCluster {
  /** Path of an administrator's kubeconfig. */
  readonly kubeconfig: string;
  /** https://127.0.0.1:port */
  readonly server: string;
  /** Variables for a program that has to meet this cluster, such as the plugin itself: KUBECONFIG and what keeps the user's files out. */
  readonly environment: NodeJS.ProcessEnv;
  /** Runs kubectl and resolves with its answer, whatever the exit code. */
  kubectl(args: readonly string[], options?: KubectlOptions): Promise<KubectlResult>;
  /** Runs a kubectl command that has to work: stdout, or an error that says what kubectl said. */
  expectKubectl(args: readonly string[], options?: KubectlOptions): Promise<string>;
  /** A fresh namespace, removed after the suite. */
  createNamespace(labels?: Readonly<Record<string, string>>): Promise<string>;
}

/** What a suite wants: with `workloads`, controllers and nodes as well, which an envtest folder may lack. */
export interface UseClusterOptions {
  workloads?: boolean;
}

/** The first suite of a run waits for the start, and on a new machine for Go to build the programs. */
const startTimeoutMs = 35 * 60 * 1000;
/** kubectl wait and roll-outs take longer than mocha's limit for pure tests. */
const testTimeoutMs = 60 * 1000;

/**
 * Gives the tests of the describe that it is called in the shared cluster. Where there is none they are skipped (the run says
 * once why), and fail in CI; where it did not start they fail with the reason.
 */
export function useCluster({ workloads = false }: UseClusterOptions = {}): TestCluster {
  let connection: ClusterConnection | undefined;
  const namespaces: string[] = [];
  before('the test cluster', async function () {
    this.timeout(startTimeoutMs);
    const answer = await requestCluster(process.env);
    if ('failed' in answer) throw new Error(`the test cluster did not start: ${answer.failed}`);
    const missing = 'missing' in answer ? answer.missing : explainMissingWorkloads(answer.cluster, workloads);
    if (missing !== undefined) {
      if (isClusterRequired(process.env))
        throw new Error(`CI is set, so the cluster tests may not be skipped: ${missing}`);
      this.skip();
    }
    if ('cluster' in answer) connection = answer.cluster;
    this.test?.parent?.eachTest((test) => void test.timeout(Math.max(test.timeout(), testTimeoutMs)));
  });
  after('the namespaces of the suite', async function () {
    this.timeout(testTimeoutMs);
    for (const name of namespaces) await removeNamespace(connected().kubectl, name);
  });

  const connected = (): ClusterConnection => {
    if (connection === undefined)
      throw new Error('the cluster may be used in hooks and tests only, not in the body of describe');
    return connection;
  };
  return {
    get kubeconfig() {
      return connected().kubectl.kubeconfig;
    },
    get server() {
      return connected().server;
    },
    get environment() {
      return kubectlEnvironment(connected().kubectl);
    },
    kubectl: async (args, options) => runKubectl(connected().kubectl, args, options),
    expectKubectl: async (args, options) => kubectlOrThrow(connected().kubectl, args, options),
    createNamespace: async (labels = {}) => {
      const { kubectl, hasWorkloads } = connected();
      const name = await createNamespace(kubectl, labels, hasWorkloads);
      namespaces.push(name);
      return name;
    },
  };
}

function explainMissingWorkloads({ hasWorkloads }: ClusterConnection, isWanted: boolean): string | undefined {
  if (hasWorkloads || !isWanted) return undefined;
  return 'KUBEBUILDER_ASSETS lacks kube-controller-manager or kube-scheduler, or kwok is not built; unset it to build all with Go';
}
