// A control plane of its own whose API server calls webhooks on this machine, through the Service and the configuration of config/webhook.
import { join, resolve } from 'node:path';
import { isClusterRequired } from '../../cluster/connection.ts';
import { startControlPlane, type ControlPlane } from '../../cluster/control-plane.ts';
import { installCrds } from '../../cluster/crds.ts';
import { kubectlOrThrow, runKubectl, type KubectlResult } from '../../cluster/kubectl.ts';
import { createOperatorAccount, operatorNamespace } from '../../cluster/operator-account.ts';
import { findPrograms } from '../../cluster/programs.ts';
import { waitUntil } from '../../cluster/wait-until.ts';
import { spawnOperator, type OperatorChild } from '../child.ts';
import { createDeployment, createPersona } from '../objects.ts';

const configuration = 'dorgu-validating-webhook';
const webhookFolder = resolve(import.meta.dirname, '../../../config/webhook');

/** The control plane with whoever answers it. */
export interface WebhookStage {
  plane: ControlPlane;
  /** Whatever comes of it; objects are given as one list. */
  kubectl(args: readonly string[], ...objects: object[]): Promise<KubectlResult>;
  /** A command that has to work. */
  expectKubectl(args: readonly string[], ...objects: object[]): Promise<string>;
  createNamespace(name: string, labels?: Readonly<Record<string, string>>): Promise<string>;
  /** Starts a replica; it is killed with the stage at the latest. */
  startOperator(flags?: readonly string[]): Promise<OperatorChild>;
  /** Has the API server call this port of loopback, and waits until it does. */
  callAt(port: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it, without an operator. Undefined where the programs are missing; then the tests are skipped. */
export async function startWebhookStage(): Promise<WebhookStage | undefined> {
  const search = await findPrograms({ environment: process.env, report: () => undefined });
  if ('missing' in search) {
    if (isClusterRequired(process.env)) throw new Error(search.missing);
    return undefined;
  }
  const { workloads: _, ...programs } = search.programs;
  const plane = await startControlPlane({ programs, nodes: 0 });
  try {
    await installCrds(plane.kubectl);
    const kubeconfig = await createOperatorAccount(plane.kubectl, plane.folder);
    return await furnish(plane, kubeconfig);
  } catch (error) {
    await plane.stop();
    throw error;
  }
}

async function furnish(plane: ControlPlane, kubeconfig: string): Promise<WebhookStage> {
  const operators: OperatorChild[] = [];
  const input = (objects: readonly object[]) =>
    objects.length === 0 ? {} : { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }) };
  const kubectl: WebhookStage['kubectl'] = (args, ...objects) =>
    runKubectl(plane.kubectl, args, input(objects));
  const expectKubectl: WebhookStage['expectKubectl'] = (args, ...objects) =>
    kubectlOrThrow(plane.kubectl, args, input(objects));
  await expectKubectl(['apply', '-f', join(webhookFolder, 'service.yaml')]);
  await expectKubectl(['apply', '-f', join(webhookFolder, 'validating_webhook.yaml')]);
  const createNamespace: WebhookStage['createNamespace'] = async (name, labels = {}) => {
    await expectKubectl(['apply', '-f', '-'], {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels },
    });
    return name;
  };
  return {
    plane,
    kubectl,
    expectKubectl,
    createNamespace,
    startOperator: async (flags = []) => {
      const operator = spawnOperator([
        `--kubeconfig=${kubeconfig}`,
        '--enable-webhook',
        '--webhook-bind-address=127.0.0.1:0',
        ...flags,
      ]);
      operators.push(operator);
      const port = await operator.port('health');
      await waitUntil('readiness', async () => ((await fetch(`http://127.0.0.1:${port}/readyz`)).ok ? true : undefined), { timeoutMs: 30_000 }); // prettier-ignore
      return operator;
    },
    callAt: async (port) => {
      await lead(expectKubectl, port);
      await createNamespace(`probe-${port}`);
      await expectKubectl(
        ['create', '-n', `probe-${port}`, '-f', '-'],
        createPersona('probe', { scaling: { minReplicas: 9 } }, { namespace: `probe-${port}` }),
      );
      const args = ['create', '-n', `probe-${port}`, '-f', '-', '--dry-run=server'];
      const probe = createDeployment('probe');
      const ask = async () =>
        (await kubectl(args, unplaced(probe))).stderr.includes('Warning: ') || undefined;
      await waitUntil('the first warning', ask, { timeoutMs: 20_000, intervalMs: 40 });
    },
    stop: async () => {
      for (const operator of operators) {
        operator.kill('SIGKILL');
        await operator.ended;
      }
      await plane.stop();
    },
  };
}

/** Turns the Service into another name of this machine; the API server checks the certificate for the Service all the same. */
async function lead(expectKubectl: WebhookStage['expectKubectl'], port: number): Promise<void> {
  const spec = { type: 'ExternalName', externalName: 'localhost', clusterIP: null, clusterIPs: null };
  const patch = (what: string[], type: string, body: unknown) =>
    expectKubectl(['patch', ...what, `--type=${type}`, '-p', JSON.stringify(body)]);
  await patch(['service', 'dorgu-webhook', '-n', operatorNamespace], 'merge', { spec });
  await patch(['validatingwebhookconfiguration', configuration], 'json', [
    { op: 'replace', path: '/webhooks/0/clientConfig/service/port', value: port },
  ]);
  const caBundle = '--for=jsonpath={.webhooks[0].clientConfig.caBundle}';
  await expectKubectl(['wait', caBundle, `validatingwebhookconfiguration/${configuration}`, '--timeout=30s']);
}

/** Without the namespace that it names, so that kubectl puts it where it is told to. */
export function unplaced(object: object): object {
  const { metadata, ...rest } = object as { metadata: Record<string, unknown> };
  const { namespace: _, creationTimestamp: __, generation: ___, ...kept } = metadata;
  return { ...rest, metadata: kept };
}
