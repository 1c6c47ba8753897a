// The rule that an autoscaler moves between the persona's bounds and aims at its targets.
import type { EffectiveScaling } from '../../api/personas.ts';
import type { Autoscaler } from '../../workload/surroundings.ts';
import type { Rule, RuleReport } from '../rule.ts';
import { showValue } from '../show-value.ts';
import { autoscalersOf, boundsOf, objectOf } from './autoscalers.ts';

/** scaling/hpa-bounds */
export const hpaBounds: Rule = {
  id: 'scaling/hpa-bounds',
  title: 'An autoscaler keeps to the persona’s bounds and targets',
  semantics:
    'Each HPA or ScaledObject that targets the workload: its minimum (absent: 1, of a ScaledObject 0) is not below scaling.minReplicas, its maximum neither below that nor above scaling.maxReplicas, and its targets are scaling.targetCPU and targetMemory where the persona names them and it scales by use. A minimum over the maximum, or a bound that is no whole number, is an error.',
  rationale:
    'The autoscaler has the last word on replicas: at night it goes down to its minimum, and under load it stops at its maximum, whatever the persona promises.',
  severity: 'error',
  otherSeverities: 'warning for a maximum above the persona’s and for other targets',
  bad: '# persona: {scaling: {minReplicas: 2, maxReplicas: 6}}\nkind: HorizontalPodAutoscaler\nspec:\n  maxReplicas: 6',
  good: '# persona: {scaling: {minReplicas: 2, maxReplicas: 6}}\nkind: HorizontalPodAutoscaler\nspec:\n  minReplicas: 2\n  maxReplicas: 6',
  needsSurroundings: true,
  evaluate({ workload, surroundings, persona: { spec } }) {
    const autoscalers = surroundings ? autoscalersOf(workload, surroundings) : [];
    if (autoscalers.length === 0) return 'not-applicable';
    return autoscalers.flatMap((autoscaler) => [
      ...judgeNumbers(autoscaler),
      ...judgeMinimum(autoscaler, spec.scaling),
      ...judgeMaximum(autoscaler, spec.scaling),
      ...judgeTarget(autoscaler, 'cpu', spec.scaling.targetCPU),
      ...judgeTarget(autoscaler, 'memory', spec.scaling.targetMemory),
    ]);
  },
};

/** Fields of the bounds: KEDA has its own names. */
function fieldsOf({ kind }: Autoscaler): { min: string; max: string } {
  return kind === 'ScaledObject'
    ? { min: 'minReplicaCount', max: 'maxReplicaCount' }
    : { min: 'minReplicas', max: 'maxReplicas' };
}

function judgeNumbers(autoscaler: Autoscaler): RuleReport[] {
  const fields = fieldsOf(autoscaler);
  const { min, max } = boundsOf(autoscaler);
  const malformed = [
    { field: fields.min, value: autoscaler.minReplicas, count: min },
    { field: fields.max, value: autoscaler.maxReplicas, count: max },
  ].filter(({ count }) => count === undefined);
  const inOrder = min === undefined || max === undefined || min <= max;
  return [
    ...malformed.map(({ field, value }) =>
      report(autoscaler, { field, actual: showValue(value), expected: 'a whole number' }),
    ),
    ...(inOrder
      ? []
      : [
          report(autoscaler, {
            field: fields.min,
            actual: `${min}`,
            expected: `at most ${max}, the maximum`,
          }),
        ]),
  ];
}

function judgeMinimum(autoscaler: Autoscaler, { minReplicas: least }: EffectiveScaling): RuleReport[] {
  const { min } = boundsOf(autoscaler);
  if (least === undefined || min === undefined || min >= least) return [];
  const field = fieldsOf(autoscaler).min;
  return [
    report(autoscaler, {
      field,
      actual: autoscaler.minReplicas === undefined ? `unset (${min})` : `${min}`,
      expected: `at least ${least}`,
      suggestion: `${field}: ${least}`,
    }),
  ];
}

function judgeMaximum(
  autoscaler: Autoscaler,
  { minReplicas: least, maxReplicas: most }: EffectiveScaling,
): RuleReport[] {
  const { max } = boundsOf(autoscaler);
  const field = fieldsOf(autoscaler).max;
  if (max === undefined) return [];
  if (least !== undefined && max < least)
    return [
      report(autoscaler, {
        field,
        actual: `${max}`,
        expected: `at least ${least}`,
        suggestion: `${field}: ${most ?? least}`,
      }),
    ];
  if (most === undefined || max <= most) return [];
  return [
    report(autoscaler, {
      severity: 'warning',
      field,
      actual: `${max}`,
      expected: `at most ${most}`,
      suggestion: `${field}: ${most}`,
    }),
  ];
}

function judgeTarget(
  autoscaler: Autoscaler,
  resource: 'cpu' | 'memory',
  wanted: number | undefined,
): RuleReport[] {
  const actual = resource === 'cpu' ? autoscaler.targetCPU : autoscaler.targetMemory;
  // KEDA mostly scales by events: targets of use say nothing of those.
  if (wanted === undefined || actual === wanted) return [];
  if (actual === undefined && autoscaler.kind === 'ScaledObject') return [];
  return [
    report(autoscaler, {
      severity: 'warning',
      subject: resource,
      field: autoscaler.kind === 'ScaledObject' ? 'triggers' : 'metrics',
      actual: actual === undefined ? 'unset' : `${actual}%`,
      expected: `${wanted}% of ${resource}`,
      suggestion: `averageUtilization: ${wanted} for ${resource}`,
    }),
  ];
}

function report(
  autoscaler: Autoscaler,
  { field, ...parts }: Omit<RuleReport, 'message' | 'object'>,
): RuleReport {
  return {
    ...parts,
    field: `spec.${field}`,
    object: objectOf(autoscaler),
    message: `${autoscaler.kind} ${autoscaler.name}: ${field} is ${parts.actual}, ${parts.expected} expected`,
  };
}
