// Whom an operator's certificate has to be signed by: its own CA, as the API server tells it.
import { fieldAt, textOf } from '../../../api/foreign-fields.ts';
import type { KubeClient } from '../../../kube/client.ts';
import { getObject } from '../../../kube/read.ts';
import { resources } from '../../../kube/resources.ts';
import { StreamFailed } from '../../../socket/session-end.ts';

/** The operator's ConfigMap, and where in it the certificate is. */
const configMap = 'dorgu-ca';
const key = 'ca.crt';

/** PEM. @throws StreamFailed where it holds none; KubeError, NotFound and Forbidden too */
export async function readOperatorCa(
  client: KubeClient,
  { namespace, signal }: { namespace: string; signal: AbortSignal },
): Promise<string> {
  const object = await getObject(client, resources.configMaps, { namespace, name: configMap }, { signal });
  const pem = textOf(fieldAt(object, 'data', key));
  if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem;
  const reason = `ConfigMap ${namespace}/${configMap} holds no certificate in ${key}`;
  throw new StreamFailed({ kind: 'refused', reason });
}
