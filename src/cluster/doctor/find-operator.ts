// The operator as it is installed: its Deployment, and what that says about version and parts.
import { fieldAt, listOf, textOf } from '../../api/foreign-fields.ts';
import type { KubeClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/kube-error.ts';
import { listObjects } from '../../kube/list.ts';
import type { KubeObject } from '../../kube/objects.ts';
import { resources } from '../../kube/resources.ts';
import { splitImageReference } from '../../workload/image-reference.ts';
import { defaultOperatorNamespace, operatorSelector } from '../follow/stream/find-stream-pods.ts';

/** One installation. */
export interface InstalledOperator {
  namespace: string;
  name: string;
  serviceAccount: string;
  /** As written. */
  image: string;
  /** `0.1.0`, of the image's tag; undefined where that is none (a digest alone, `latest`). */
  version: string | undefined;
  replicas: { asked: number; ready: number };
  /** Parts that flags and variables of the container switch on. */
  hasWebhook: boolean;
  hasStream: boolean;
}

/** All of them: where it is usually, else wherever it is. @throws KubeError */
export async function findOperators(
  client: KubeClient,
  { namespace, signal }: { namespace: string | undefined; signal: AbortSignal },
): Promise<InstalledOperator[]> {
  const list = (place: string | undefined) =>
    listObjects(client, resources.deployments, { namespace: place, labelSelector: operatorSelector, signal });
  if (namespace !== undefined) return (await list(namespace)).map(describe);
  const everywhere = await list(undefined).catch((error: unknown) => {
    if (error instanceof KubeError && error.httpStatus === 403) return undefined;
    throw error;
  });
  // Who may not look everywhere may still look where it usually is.
  return (everywhere ?? (await list(defaultOperatorNamespace))).map(describe);
}

/** One as config/default makes it, for those who may not look. */
export function presumeOperator(namespace = defaultOperatorNamespace): InstalledOperator {
  return {
    namespace,
    name: 'dorgu-operator',
    serviceAccount: 'dorgu-operator',
    image: '',
    version: undefined,
    replicas: { asked: 1, ready: 1 },
    hasWebhook: true,
    hasStream: true,
  };
}

function describe({ metadata, spec, status }: KubeObject): InstalledOperator {
  const pod = fieldAt(spec, 'template', 'spec');
  const containers = listOf(fieldAt(pod, 'containers'));
  const container = containers.find((one) => textOf(fieldAt(one, 'name')) === 'operator') ?? containers[0];
  const image = textOf(fieldAt(container, 'image'));
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    serviceAccount: textOf(fieldAt(pod, 'serviceAccountName')) || 'default',
    image,
    version: /^v?(\d+\.\d+\.\d+\S*)$/.exec(splitImageReference(image).tag ?? '')?.[1],
    replicas: {
      asked: numberOf(fieldAt(spec, 'replicas'), 1),
      ready: numberOf(fieldAt(status, 'readyReplicas'), 0),
    },
    hasWebhook: isSwitchedOn(container, 'enable-webhook'),
    hasStream: isSwitchedOn(container, 'enable-websocket'),
  };
}

/** As the operator reads it: the flag goes before its variable. */
function isSwitchedOn(container: unknown, flag: string): boolean {
  const args = listOf(fieldAt(container, 'args')).map(textOf);
  const given = args.findLast((arg) => arg === `--${flag}` || arg.startsWith(`--${flag}=`));
  if (given !== undefined) return given === `--${flag}` || given.endsWith('=true');
  const variable = `DORGU_${flag.toUpperCase().replaceAll('-', '_')}`;
  const entry = listOf(fieldAt(container, 'env')).find((one) => textOf(fieldAt(one, 'name')) === variable);
  return textOf(fieldAt(entry, 'value')) === 'true';
}

function numberOf(value: unknown, absent: number): number {
  return typeof value === 'number' ? value : absent;
}
