// How many replicas a workload says it has, where its kind has a number of them at all.
import type { Workload, WorkloadKind } from '../../workload/workload.ts';

const scalableKinds: ReadonlySet<WorkloadKind> = new Set([
  'Deployment',
  'StatefulSet',
  'Rollout',
  'ReplicaSet',
]);

/** Says that replicas are an autoscaler's to set; generate writes it where it leaves them out. */
export const replicasAnnotation = 'dorgu.io/replicas';

const maxCount = 2 ** 31 - 1;

/** Whether the kind has replicas: a DaemonSet has nodes, a CronJob runs, a Pod itself. */
export function hasReplicas({ kind }: Workload): boolean {
  return scalableKinds.has(kind);
}

/** Whether the workload itself says that an autoscaler decides. */
export function isLeftToAutoscaler({ annotations }: Workload): boolean {
  return annotations.get(replicasAnnotation) === 'hpa';
}

/** A number of replicas as the API server takes it; undefined for anything else. */
export function readCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= maxCount
    ? value
    : undefined;
}

/** `spec.replicas`, 1 where absent as in Kubernetes; undefined where it is malformed. */
export function replicasOf({ replicas }: Workload): number | undefined {
  return replicas === undefined || replicas === null ? 1 : readCount(replicas);
}
