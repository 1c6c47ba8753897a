// A pod of the operator that nobody runs: kwok says that it is ready, and a port-forward to it leads to a process of this machine.
import { operatorNamespace } from '../cluster/operator-account.ts';
import type { StreamStage } from './stage.ts';

/** As the Deployment of config/stream makes them; ready once kwok says so. */
export async function createPod({ kubectl }: Pick<StreamStage, 'kubectl'>, name: string): Promise<void> {
  const labels = { 'app.kubernetes.io/name': 'dorgu-operator' };
  const ports = [{ name: 'stream', containerPort: 9090 }];
  const containers = [{ name: 'operator', image: 'registry.example.com/operator:1', ports }];
  await kubectl(['create', '-f', '-'], {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: operatorNamespace, labels },
    spec: { containers, automountServiceAccountToken: false, serviceAccountName: 'dorgu-operator' },
  });
  await kubectl(['wait', '--for=condition=Ready', `pod/${name}`, '-n', operatorNamespace, '--timeout=60s']);
}
