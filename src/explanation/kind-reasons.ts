// Why an object of this kind is there at all.
import type { ComponentPlan } from '../manifests/component-plan.ts';
import { explainType } from './plan-reasons.ts';
import type { Reason } from './reason.ts';

const purposes: ReadonlyMap<string, Reason> = new Map<string, Reason>([
  ['Service', { because: 'it has a port that others ask, and pods come and go' }],
  [
    'ServiceAccount',
    { because: 'an identity of its own: what one application may do is no business of another' },
  ],
  ['ConfigMap', { because: 'the source gives variables values that are no secrets' }],
  ['PersistentVolumeClaim', { because: 'it writes what has to outlive its pods' }],
  [
    'HorizontalPodAutoscaler',
    {
      because: 'it answers requests, and those come in waves',
      settings: ['replicas', 'scaling.max_replicas', 'tier'],
      rule: 'scaling/hpa-missing',
    },
  ],
  [
    'PodDisruptionBudget',
    { because: 'a node may be drained without taking all pods at once', rule: 'availability/pdb' },
  ],
  ['NetworkPolicy', { because: 'only those that call it may reach it', settings: ['network_policy'] }],
  ['Ingress', { because: 'it is asked for from outside', settings: ['expose'] }],
  ['HTTPRoute', { because: 'it is asked for from outside, through a Gateway', settings: ['expose'] }],
  [
    'ApplicationPersona',
    {
      because: 'it says what the component is and promises, for the operator to hold against what runs',
      rule: 'identity/persona-missing',
    },
  ],
]);

const workloads: ReadonlyMap<string, string> = new Map([
  ['Deployment', 'pods that any other may stand in for'],
  ['StatefulSet', 'it owns a disk, so each pod keeps its name and its claim'],
  ['DaemonSet', 'one pod on each node'],
  ['CronJob', 'it runs by a schedule and ends'],
  ['Job', 'it runs once for each version and ends'],
]);

/** The reason of an object's kind. */
export function explainKind(plan: ComponentPlan, kind: string): Reason {
  const purpose = purposes.get(kind);
  if (purpose) return purpose;
  const type = explainType(plan);
  const data = plan.component.runtime.volumes.filter((volume) => volume.kind === 'data');
  return {
    ...type,
    because: `${workloads.get(kind) ?? 'what runs its pods'}; ${type.because}`,
    evidence: kind === 'StatefulSet' ? data.flatMap(({ evidence }) => evidence) : (type.evidence ?? []),
  };
}
