// Where in a cluster the stream is served: pods of the operator that are ready and have its port.
import { fieldAt, listOf, textOf } from '../../../api/foreign-fields.ts';
import type { KubeClient } from '../../../kube/client.ts';
import { KubeError } from '../../../kube/kube-error.ts';
import { listObjects } from '../../../kube/list.ts';
import type { KubeObject } from '../../../kube/objects.ts';
import { resources } from '../../../kube/resources.ts';
import { StreamFailed } from '../../../socket/session-end.ts';

/** What all objects of an installation bear. */
export const operatorSelector = 'app.kubernetes.io/name=dorgu-operator';
/** Where config/default puts it. */
export const defaultOperatorNamespace = 'dorgu-system';
/** The name of the container's port. */
const streamPort = 'stream';

/** A pod that would take a connection. */
export interface StreamPod {
  namespace: string;
  name: string;
  port: number;
}

/** Where to look. */
interface Search {
  /** Undefined: where it is usually, else wherever it is. */
  namespace: string | undefined;
  signal: AbortSignal;
}

/**
 * All of them, at least one.
 * @throws StreamFailed, which says what is missing; KubeError where the API server does not say
 */
export async function findStreamPods(client: KubeClient, search: Search): Promise<readonly StreamPod[]> {
  const pods = await listOperatorPods(client, search);
  if (pods.length === 0) throw notReady();
  const serving = pods.filter((pod) => findPort(pod) !== undefined);
  if (serving.length === 0)
    throw new StreamFailed({ kind: 'refused', reason: 'the operator does not serve the stream' });
  const ready = serving.filter(isReady).flatMap(toStreamPod);
  if (ready.length === 0) throw notReady();
  return ready;
}

/** Those who may see no more than the operator's namespace need one request; it is looked for only where it is not. */
async function listOperatorPods(
  client: KubeClient,
  { namespace, signal }: Search,
): Promise<readonly KubeObject[]> {
  const list = (place: string) =>
    listObjects(client, resources.pods, { namespace: place, labelSelector: operatorSelector, signal });
  if (namespace !== undefined) return list(namespace);
  let forbidden: KubeError | undefined;
  const likely = await list(defaultOperatorNamespace).catch((error: unknown) => {
    if (!isForbidden(error)) throw error;
    forbidden = error;
    return [];
  });
  if (likely.length > 0) return likely;
  const places = await findOperatorNamespaces(client, signal);
  const elsewhere = places?.find((place) => place !== defaultOperatorNamespace);
  if (elsewhere !== undefined) return list(elsewhere);
  if (forbidden !== undefined) throw forbidden;
  if (places === undefined)
    throw new StreamFailed({ kind: 'lost', reason: `no pod of the operator in ${defaultOperatorNamespace}` });
  if (places.length > 0) return [];
  throw new StreamFailed({ kind: 'refused', reason: 'there is no operator in this cluster' });
}

/** Of its Deployments; undefined for those who may not look everywhere. */
async function findOperatorNamespaces(
  client: KubeClient,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  try {
    const query = { labelSelector: operatorSelector, isMetadataOnly: true, signal };
    const deployments = await listObjects(client, resources.deployments, query);
    return deployments.map(({ metadata }) => metadata.namespace ?? '');
  } catch (error) {
    if (isForbidden(error)) return undefined;
    throw error;
  }
}

function isForbidden(error: unknown): error is KubeError {
  return error instanceof KubeError && error.httpStatus === 403;
}

function notReady(): StreamFailed {
  return new StreamFailed({ kind: 'lost', reason: 'no pod of the operator is ready' });
}

function isReady({ metadata, status }: KubeObject): boolean {
  return (
    fieldAt(metadata, 'deletionTimestamp') === undefined &&
    listOf(fieldAt(status, 'conditions')).some(
      (condition) => fieldAt(condition, 'type') === 'Ready' && fieldAt(condition, 'status') === 'True',
    )
  );
}

function findPort({ spec }: KubeObject): number | undefined {
  const port = listOf(fieldAt(spec, 'containers'))
    .flatMap((container) => listOf(fieldAt(container, 'ports')))
    .find((one) => textOf(fieldAt(one, 'name')) === streamPort);
  const number = fieldAt(port, 'containerPort');
  return typeof number === 'number' ? number : undefined;
}

function toStreamPod(pod: KubeObject): readonly StreamPod[] {
  const { namespace = '', name } = pod.metadata;
  const port = findPort(pod);
  return port === undefined ? [] : [{ namespace, name, port }];
}
