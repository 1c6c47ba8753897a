// What admission is asked about at all: what config/webhook tells the API server, for who asks beforehand.
import { validateLabel } from '../api/group-version.ts';
import type { TextMap, WorkloadKind } from '../workload/workload.ts';

/** The kinds whose creation and update is judged. */
export const admissionKinds: ReadonlySet<WorkloadKind> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
]);

/** Namespaces that the webhook is kept away from, the operator's own among them: a cluster has to come up without it. */
export const unaskedNamespaces: readonly string[] = ['kube-system', 'kube-node-lease', 'dorgu-system'];

/** Whether the API server asks about workloads of the namespace. */
export function isAskedNamespace(namespace: string, labels: TextMap): boolean {
  return !unaskedNamespaces.includes(namespace) && labels.get(validateLabel) !== 'false';
}
