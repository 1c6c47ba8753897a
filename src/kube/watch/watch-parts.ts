// What the requests of one reflector share.
import type { KubeClient, StreamRequest } from '../client.ts';
import { pathOf } from '../resources.ts';
import type { HealthRecord } from './health-record.ts';
import type { ObjectStore } from './object-store.ts';
import type { ReflectorOptions } from './reflector.ts';
import type { StreamOrder } from './stream-order.ts';
import type { WatchTuning } from './tuning.ts';

/** Server, question, memory and account. */
export interface WatchParts<T> {
  client: KubeClient;
  options: ReflectorOptions<T>;
  tuning: Required<WatchTuning>;
  store: ObjectStore<T>;
  order: StreamOrder;
  health: HealthRecord;
  signal: AbortSignal;
}

/** The request that asks for this resource; `accept` names the form in which metadata alone comes. */
export function toStreamRequest<T>(
  { options, tuning, health, signal }: WatchParts<T>,
  query: StreamRequest['query'],
  metadataForm: 'PartialObjectMetadata' | 'PartialObjectMetadataList',
): Omit<StreamRequest, 'onBytes'> {
  const { resource, namespace, labelSelector, fieldSelector, isMetadataOnly = false } = options;
  return {
    path: pathOf(resource, namespace === undefined ? {} : { namespace }),
    query: { labelSelector, fieldSelector, ...query },
    ...(isMetadataOnly ? { accept: `application/json;as=${metadataForm};g=meta.k8s.io;v=v1` } : {}),
    idleTimeoutMs: tuning.stallMs,
    signal,
    onOpen: () => void (health.failure = undefined),
  };
}
