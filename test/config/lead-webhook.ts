// Has the API server call a webhook on loopback instead of pods that kwok only plays; name, CA and certificate are those of the cluster.
import type { ControlPlane } from '../cluster/control-plane.ts';
import { kubectlOrThrow } from '../cluster/kubectl.ts';
import { operatorNamespace } from '../cluster/operator-account.ts';

/** Resolves once the operator has written its CA into the configuration. */
export async function leadWebhookTo(port: number, { kubectl }: Pick<ControlPlane, 'kubectl'>): Promise<void> {
  const patch = (kind: string, name: string, type: string, body: object) =>
    kubectlOrThrow(kubectl, [
      ...['patch', kind, name, '-n', operatorNamespace],
      ...[`--type=${type}`, '-p', JSON.stringify(body)],
    ]);
  await patch('service', 'dorgu-webhook', 'merge', {
    spec: { type: 'ExternalName', externalName: 'localhost', clusterIP: null, clusterIPs: null },
  });
  const configuration = 'dorgu-validating-webhook';
  await patch('validatingwebhookconfiguration', configuration, 'json', [
    { op: 'replace', path: '/webhooks/0/clientConfig/service/port', value: port },
  ]);
  await kubectlOrThrow(kubectl, [
    ...['wait', '--for=jsonpath={.webhooks[0].clientConfig.caBundle}', '--timeout=30s'],
    `validatingwebhookconfiguration/${configuration}`,
  ]);
}
