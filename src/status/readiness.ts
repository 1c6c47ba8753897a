// Whether any object of the API is as its spec wants it, by kstatus' rules: what `--wait` waits for.
import { fieldAt, fieldsOf, listOf, textOf, type Fields } from '../api/foreign-fields.ts';
import { readWorkload } from '../workload/read-workload.ts';
import { conditionsOf, type ForeignCondition } from './object-conditions.ts';
import { judgeRollout } from './rollout.ts';
import type { RolloutState } from './rollout-verdict.ts';

/** kstatus' words. */
export type ReadinessStatus = 'Current' | 'InProgress' | 'Failed' | 'Terminating' | 'NotFound';

/** The verdict, and why in one sentence. Texts from the object are foreign: escape before printing. */
export interface Readiness {
  status: ReadinessStatus;
  message: string;
  /** The condition that decided, where one did. */
  condition?: { type: string; status: string; reason: string };
}

/** Judges an object as the API server returns it; undefined is an object that is not there. Never throws. */
export function judgeReadiness(object: unknown): Readiness {
  if (object === undefined || object === null) return { status: 'NotFound', message: 'it is not there' };
  if (fieldAt(object, 'metadata', 'deletionTimestamp') !== undefined)
    return { status: 'Terminating', message: 'it is being deleted' };
  const status = fieldsOf(fieldAt(object, 'status'));
  const conditions = conditionsOf(status);
  return (
    judgeGeneration(object, status) ??
    judgeStandardConditions(conditions) ??
    judgeKind(object, status, conditions) ??
    judgeReadyCondition(conditions) ?? { status: 'Current', message: 'it is as it should be' }
  );
}

function judgeGeneration(object: unknown, status: Fields): Readiness | undefined {
  const generation = fieldAt(object, 'metadata', 'generation');
  const observed = fieldAt(status, 'observedGeneration');
  if (typeof generation !== 'number' || typeof observed !== 'number' || observed >= generation)
    return undefined;
  return {
    status: 'InProgress',
    message: `its controller has seen generation ${observed}, the object is at ${generation}`,
  };
}

/** The two abnormal-true conditions that kstatus defines. */
function judgeStandardConditions(conditions: readonly ForeignCondition[]): Readiness | undefined {
  const holds = (type: string) => conditions.find((one) => one.type === type && one.status === 'True');
  const stalled = holds('Stalled');
  if (stalled) return toReadiness('Failed', stalled);
  const reconciling = holds('Reconciling');
  return reconciling && toReadiness('InProgress', reconciling);
}

function toReadiness(status: ReadinessStatus, condition: ForeignCondition): Readiness {
  const { type, reason, message } = condition;
  return {
    status,
    message: message || reason || `${type} is ${condition.status}`,
    condition: { type, status: condition.status, reason },
  };
}

function judgeReadyCondition(conditions: readonly ForeignCondition[]): Readiness | undefined {
  const ready = conditions.find(({ type }) => type === 'Ready');
  if (ready === undefined) return undefined;
  return toReadiness(ready.status === 'True' ? 'Current' : 'InProgress', ready);
}

const readinessOf: Record<RolloutState, ReadinessStatus> = {
  complete: 'Current',
  idle: 'Current',
  progressing: 'InProgress',
  short: 'InProgress',
  paused: 'InProgress',
  stalled: 'Failed',
  failed: 'Failed',
};

/** Kinds whose status says it in its own way. */
function judgeKind(
  object: unknown,
  status: Fields,
  conditions: readonly ForeignCondition[],
): Readiness | undefined {
  const workload = readWorkload(object);
  if (workload !== undefined) {
    const { state, message } = judgeRollout(workload);
    // A CronJob whose last run failed is as its spec wants it.
    return { status: workload.kind === 'CronJob' ? 'Current' : readinessOf[state], message };
  }
  switch (fieldAt(object, 'kind')) {
    case 'CustomResourceDefinition':
      return judgeDefinition(conditions);
    case 'PersistentVolumeClaim':
      return judgePhase(status, 'Bound');
    case 'Namespace':
      return judgePhase(status, 'Active');
    case 'Service':
      return judgeService(object, status);
    default:
      return undefined;
  }
}

function judgeDefinition(conditions: readonly ForeignCondition[]): Readiness {
  const refused = conditions.find(({ type, status }) => type === 'NamesAccepted' && status === 'False');
  if (refused) return toReadiness('Failed', refused);
  const established = conditions.find(({ type, status }) => type === 'Established' && status === 'True');
  if (established) return toReadiness('Current', established);
  return { status: 'InProgress', message: 'the API server does not serve it yet' };
}

function judgePhase(status: Fields, wanted: string): Readiness {
  const phase = textOf(fieldAt(status, 'phase'));
  if (phase === wanted) return { status: 'Current', message: `it is ${wanted}` };
  return { status: 'InProgress', message: phase === '' ? `it is not ${wanted} yet` : `it is ${phase}` };
}

function judgeService(object: unknown, status: Fields): Readiness | undefined {
  if (fieldAt(object, 'apiVersion') !== 'v1' || fieldAt(object, 'spec', 'type') !== 'LoadBalancer')
    return undefined;
  const hasAddress = listOf(fieldAt(status, 'loadBalancer', 'ingress')).length > 0;
  if (hasAddress) return { status: 'Current', message: 'its load balancer has an address' };
  return { status: 'InProgress', message: 'its load balancer has no address yet' };
}
