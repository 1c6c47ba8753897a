// Everything that advice on one container is made of, gathered once.
import { fieldAt } from '../../api/foreign-fields.ts';
import type { Container, Workload } from '../../workload/workload.ts';
import type { OutOfMemoryKill, SizingSubject } from '../advice.ts';
import type { SizingPolicy } from '../policy.ts';
import type { ContainerUsage } from '../usage.ts';
import { readHeap } from './heap.ts';
import type { Heap } from './heap.ts';

/** One container of a subject. */
export interface ContainerCase {
  subject: SizingSubject;
  policy: SizingPolicy;
  container: Container;
  usage: ContainerUsage | undefined;
  /** Kills that still count, the newest last. */
  kills: readonly OutOfMemoryKill[];
  heap: Heap | undefined;
  /** Pods that a change is multiplied by. */
  replicas: number;
}

/** Kinds whose use in windows of five minutes says what they need. A Job or a bare Pod may be over before a window is. */
const measuredKinds: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout', 'ReplicaSet'];

/** One case for each container that runs as long as its pod does: regular ones and sidecars. Of two with the same name the first counts. */
export function gatherCases(subject: SizingSubject, policy: SizingPolicy): ContainerCase[] {
  const { workload } = subject;
  const isMeasured = measuredKinds.includes(workload.kind);
  const containers = workload.pod.containers.filter(
    ({ role, name }, index, all) =>
      (role === 'container' || role === 'sidecar') && all.findIndex((other) => other.name === name) === index,
  );
  return containers.map((container) => ({
    subject,
    policy,
    container,
    usage: isMeasured ? subject.usage.find((usage) => usage.container === container.name) : undefined,
    kills: countingKills(subject, policy, container.name),
    heap: readHeap(container),
    replicas: replicasOf(workload),
  }));
}

function countingKills(
  { kills, nowMs }: SizingSubject,
  { kill }: SizingPolicy,
  container: string,
): OutOfMemoryKill[] {
  return kills
    .filter((one) => one.container === container && one.atMs > nowMs - kill.countsForMs)
    .sort((left, right) => left.atMs - right.atMs);
}

/** Pods as the status counts them, else as the spec asks for; at least one. */
export function replicasOf({ status, replicas }: Workload): number {
  const counts = [fieldAt(status, 'desiredNumberScheduled'), fieldAt(status, 'replicas'), replicas];
  const count = counts.find((one) => typeof one === 'number' && Number.isInteger(one) && one > 0);
  return typeof count === 'number' ? count : 1;
}
