// The way to a Prometheus inside of the cluster for whoever has no route to it: through the API server, to a pod of its Service.
import type { Duplex } from 'node:stream';
import { compareText } from '../../api/compare-text.ts';
import { DorguError } from '../../api/errors.ts';
import { fieldAt, listOf, textOf } from '../../api/foreign-fields.ts';
import type { ConnectedClient, KubeClient } from '../../kube/client.ts';
import { listObjects } from '../../kube/list.ts';
import type { KubeObject } from '../../kube/objects.ts';
import { openPortForward, type ForwardTarget } from '../../kube/port-forward/open-port-forward.ts';
import { getObject } from '../../kube/read.ts';
import { resources } from '../../kube/resources.ts';
import { readTextMap } from '../../workload/text-map.ts';

/** `monitoring/prometheus-k8s:9090/prefix`, taken apart. */
export interface ServicePlace {
  namespace: string;
  name: string;
  /** Number or name; undefined: the only one. */
  port: string | undefined;
  /** Below which the API is; empty, or from its slash on. */
  path: string;
}

const shape = /^([a-z0-9-]{1,63})\/([a-z0-9-]{1,63})(?::([a-z0-9-]{1,63}))?(\/[\w./-]*)?$/;

/** Undefined for what is none. */
export function parseServicePlace(text: string): ServicePlace | undefined {
  const [, namespace, name, port, path = ''] = shape.exec(text) ?? [];
  return namespace === undefined || name === undefined ? undefined : { namespace, name, port, path };
}

/** For messages and the Host header: nothing resolves it. */
export function toServiceUrl({ namespace, name, port, path }: ServicePlace): string {
  const number = port !== undefined && /^\d+$/.test(port) ? `:${port}` : '';
  return `http://${name}.${namespace}.svc${number}${path}`;
}

/** A connection to a ready pod of the Service. @throws KubeError; DorguError NotFound where nothing of it can be connected to */
export async function openService(
  client: ConnectedClient,
  place: ServicePlace,
  signal: AbortSignal,
): Promise<Duplex> {
  return openPortForward(client, await findServicePod(client, place, signal), signal);
}

/** The pod and its port, the first by name of those that are ready. @throws as {@link openService} does */
export async function findServicePod(
  client: KubeClient,
  place: ServicePlace,
  signal: AbortSignal,
): Promise<ForwardTarget> {
  const { namespace, name } = place;
  const service = await getObject(client, resources.services, { namespace, name }, { signal });
  const targetPort = findTargetPort(service, place);
  const selector = [...readTextMap(fieldAt(service, 'spec', 'selector'))];
  if (selector.length === 0)
    throw createServiceError(place, 'selects no pods: --prometheus-url asks it directly');
  const labelSelector = selector.map(([key, value]) => `${key}=${value}`).join(',');
  const pods = await listObjects(client, resources.pods, { namespace, labelSelector, signal });
  const [target] = pods
    .filter(isReady)
    .flatMap((pod) => toTarget(pod, namespace, targetPort))
    .sort((left, right) => compareText(left.pod, right.pod));
  if (target !== undefined) return target;
  throw createServiceError(place, `has no ready pod with port ${targetPort}`);
}

function findTargetPort(service: KubeObject, place: ServicePlace): number | string {
  const ports = listOf(fieldAt(service, 'spec', 'ports'));
  const matching = ports.filter(
    (port) =>
      place.port === undefined ||
      String(fieldAt(port, 'port')) === place.port ||
      fieldAt(port, 'name') === place.port,
  );
  const [only] = matching;
  if (only === undefined) throw createServiceError(place, `has no port ${place.port ?? ''}`);
  if (matching.length > 1) {
    const names = ports.map((port) => String(fieldAt(port, 'port'))).join(', ');
    throw createServiceError(place, `has several ports: name one of ${names} after a colon`);
  }
  const target = fieldAt(only, 'targetPort') ?? fieldAt(only, 'port');
  return typeof target === 'number' ? target : textOf(target);
}

function isReady(pod: KubeObject): boolean {
  const conditions = listOf(fieldAt(pod, 'status', 'conditions'));
  const isServing = conditions.some((one) => fieldAt(one, 'type') === 'Ready' && fieldAt(one, 'status') === 'True'); // prettier-ignore
  return isServing && pod.metadata.deletionTimestamp === undefined;
}

/** Empty for a pod without a port of that name. */
function toTarget(pod: KubeObject, namespace: string, port: number | string): ForwardTarget[] {
  const named = listOf(fieldAt(pod, 'spec', 'containers'))
    .flatMap((container) => listOf(fieldAt(container, 'ports')))
    .find((one) => fieldAt(one, 'name') === port);
  const number = typeof port === 'number' ? port : fieldAt(named, 'containerPort');
  return typeof number === 'number' ? [{ namespace, pod: pod.metadata.name, port: number }] : [];
}

function createServiceError({ namespace, name }: ServicePlace, what: string): DorguError {
  return new DorguError('NotFound', `Service ${namespace}/${name} ${what}`, {
    hint: `kubectl get service,endpointslices -n ${namespace} shows what there is`,
  });
}
