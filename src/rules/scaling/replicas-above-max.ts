// The rule that there are no more replicas than the persona allows.
import type { Rule } from '../rule.ts';
import { showValue } from '../show-value.ts';
import { fixedReplicas } from './fixed-replicas.ts';

/** scaling/replicas-above-max */
export const replicasAboveMax: Rule = {
  id: 'scaling/replicas-above-max',
  title: 'Replicas are not above the persona’s maximum',
  semantics:
    'spec.replicas against scaling.maxReplicas of the persona, under the same conditions as scaling/replicas-below-min.',
  rationale:
    'More replicas than agreed cost more than agreed, and some applications must not run more often than they say: they own a disk, or a clock.',
  severity: 'warning',
  otherSeverities: '',
  bad: '# persona: {scaling: {maxReplicas: 4}}\nspec:\n  replicas: 10',
  good: '# persona: {scaling: {maxReplicas: 4}}\nspec:\n  replicas: 4',
  needsSurroundings: false,
  evaluate(input) {
    const most = input.persona.spec.scaling.maxReplicas;
    const replicas = fixedReplicas(input);
    if (most === undefined || replicas === undefined) return 'not-applicable';
    if (replicas <= most) return [];
    return [
      {
        field: 'spec.replicas',
        actual: showValue(input.workload.replicas ?? undefined),
        expected: `at most ${most}`,
        message: `replicas is ${replicas}, the persona says at most ${most}`,
        suggestion: `replicas: ${most}`,
      },
    ];
  },
};
