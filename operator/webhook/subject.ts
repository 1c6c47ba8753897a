// What a review is about: a workload as it would stand in the cluster, and as it stands there.
import { fieldAt } from '../../src/api/foreign-fields.ts';
import { readWorkload } from '../../src/workload/read-workload.ts';
import type { Workload, WorkloadKind } from '../../src/workload/workload.ts';
import type { Review } from './review.ts';

/** The change that is asked about. */
export interface Subject {
  workload: Workload;
  /** Reads it, or gives undefined where it is no workload that is judged. Undefined itself for a CREATE. */
  before: (() => Workload | undefined) | undefined;
  /** Only the number of replicas is being changed. */
  isScale: boolean;
}

/** Kinds that are judged at admission; single Jobs, Pods and ReplicaSets are made by these. */
const judgedKinds: ReadonlySet<WorkloadKind> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob']);

/** Finds a workload as the cluster has it, by its resource (`deployments`), namespace and name. */
export type FindWorkload = (resource: string, namespace: string, name: string) => Workload | undefined;

/** Whether a review of this kind is ever judged, whatever the objects are. */
export function isJudged({ operation, subResource }: Review): boolean {
  return operation === 'UPDATE'
    ? subResource === '' || subResource === 'scale'
    : operation === 'CREATE' && subResource === '';
}

/** The change; undefined where there is nothing to have an opinion of. */
export function readSubject(review: Review, findWorkload: FindWorkload): Subject | undefined {
  const { operation, subResource } = review;
  if (!isJudged(review)) return undefined;
  if (subResource === 'scale') return readScale(review, findWorkload);
  // What is on its way out is let go: its finalizers have to be removed.
  if (isSet(fieldAt(review.object, 'metadata', 'deletionTimestamp'))) return undefined;
  const workload = readPlaced(review.object, review);
  if (workload === undefined) return undefined;
  if (operation === 'CREATE') return { workload, before: undefined, isScale: false };
  return { workload, before: () => readPlaced(review.oldObject, review), isScale: false };
}

function readPlaced(object: unknown, { namespace, name }: Review): Workload | undefined {
  const workload = readWorkload(object);
  if (workload === undefined || !judgedKinds.has(workload.kind)) return undefined;
  return { ...workload, namespace, name: name === '' ? workload.name : name };
}

/** A Scale says the number alone; the rest is as the cluster has it. */
function readScale(review: Review, find: FindWorkload): Subject | undefined {
  const known = find(review.resource, review.namespace, review.name);
  if (known === undefined) return undefined;
  return {
    workload: { ...known, replicas: readReplicas(review.object) },
    before: () => ({ ...known, replicas: readReplicas(review.oldObject) }),
    isScale: true,
  };
}

/** Absent is 0 here: a Scale leaves out what is zero. */
function readReplicas(scale: unknown): unknown {
  return fieldAt(scale, 'spec', 'replicas') ?? 0;
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null;
}
