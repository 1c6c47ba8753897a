// How one pod is, read from what the API server holds of it.
import { fieldAt, fieldsOf, listOf, textOf } from '../../api/foreign-fields.ts';

/** One container as the kubelet reports it. */
export interface ContainerState {
  name: string;
  isInit: boolean;
  image: string;
  isReady: boolean;
  isRunning: boolean;
  restarts: number;
  waiting: { reason: string; message: string } | undefined;
  /** How it ended: now, or last time where it was started again. */
  ended: Termination | undefined;
  /** `resources.limits.memory` as written; empty where absent. */
  memoryLimit: string;
  /** Probes as written; undefined where absent. */
  probes: { liveness: unknown; readiness: unknown; startup: unknown };
}

/** How a container ended. */
export interface Termination {
  exitCode: number;
  signal: number | undefined;
  reason: string;
  /** What it wrote to its termination log. */
  message: string;
}

/** One pod. */
export interface PodState {
  name: string;
  uid: string;
  phase: string;
  reason: string;
  message: string;
  isReady: boolean;
  isTerminating: boolean;
  /** Conditions by type that are not True. */
  unmet: ReadonlyMap<string, { reason: string; message: string }>;
  containers: readonly ContainerState[];
}

/** Reads a Pod; what is absent or malformed reads as empty. Never throws. */
export function readPodState(object: unknown): PodState {
  const status = fieldsOf(fieldAt(object, 'status'));
  const unmet = new Map<string, { reason: string; message: string }>();
  let isReady = false;
  for (const condition of listOf(status['conditions']).map(fieldsOf)) {
    const type = textOf(condition['type']);
    if (type === 'Ready') isReady = condition['status'] === 'True';
    if (condition['status'] !== 'True')
      unmet.set(type, { reason: textOf(condition['reason']), message: textOf(condition['message']) });
  }
  return {
    name: textOf(fieldAt(object, 'metadata', 'name')),
    uid: textOf(fieldAt(object, 'metadata', 'uid')),
    phase: textOf(status['phase']),
    reason: textOf(status['reason']),
    message: textOf(status['message']),
    isReady,
    isTerminating: fieldAt(object, 'metadata', 'deletionTimestamp') !== undefined,
    unmet,
    containers: [
      ...readContainers(object, 'initContainers', 'initContainerStatuses'),
      ...readContainers(object, 'containers', 'containerStatuses'),
    ],
  };
}

function readContainers(object: unknown, listName: string, statusesName: string): ContainerState[] {
  const statuses = new Map(
    listOf(fieldAt(object, 'status', statusesName)).map((status) => [
      textOf(fieldAt(status, 'name')),
      status,
    ]),
  );
  return listOf(fieldAt(object, 'spec', listName)).map((container) => {
    const name = textOf(fieldAt(container, 'name'));
    const status = fieldsOf(statuses.get(name));
    const waiting = fieldAt(status, 'state', 'waiting');
    return {
      name,
      isInit: listName === 'initContainers',
      image: textOf(fieldAt(container, 'image')),
      isReady: status['ready'] === true,
      isRunning: fieldAt(status, 'state', 'running') !== undefined,
      restarts: numberOf(status['restartCount']) ?? 0,
      waiting:
        waiting === undefined
          ? undefined
          : { reason: textOf(fieldAt(waiting, 'reason')), message: textOf(fieldAt(waiting, 'message')) },
      ended:
        readTermination(fieldAt(status, 'state', 'terminated')) ??
        readTermination(fieldAt(status, 'lastState', 'terminated')),
      memoryLimit: String(scalarOf(fieldAt(container, 'resources', 'limits', 'memory')) ?? ''),
      probes: {
        liveness: fieldAt(container, 'livenessProbe'),
        readiness: fieldAt(container, 'readinessProbe'),
        startup: fieldAt(container, 'startupProbe'),
      },
    };
  });
}

function readTermination(value: unknown): Termination | undefined {
  if (value === undefined) return undefined;
  const { exitCode, signal, reason, message } = fieldsOf(value);
  return {
    exitCode: numberOf(exitCode) ?? 0,
    signal: numberOf(signal),
    reason: textOf(reason),
    message: textOf(message),
  };
}

const numberOf = (value: unknown) => (typeof value === 'number' ? value : undefined);

const scalarOf = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? value : undefined;
