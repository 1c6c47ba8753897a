// The rule that the main container may not use more than its persona says.
import { compareQuantities } from '../../quantity/index.ts';
import { findMainContainer } from '../../workload/main-container.ts';
import type { Rule, RuleReport } from '../rule.ts';
import { amountOf, effectiveLimit, judgedResources, showAmount } from './amounts.ts';

/** resources/limit-above-persona */
export const limitAbovePersona: Rule = {
  id: 'resources/limit-above-persona',
  title: 'No limit is above the persona’s',
  semantics:
    'The limits of cpu and memory of the main container (the default-container annotation, else the container called like the persona, else the first) against resources.limits of the persona, compared exactly: 100m and 0.1 are the same, 1Ki is more than 1k. A container without a limit is held by the pod’s, where the pod has one.',
  rationale:
    'The persona says how much the application may take from its neighbours; a higher limit takes it without anybody having agreed.',
  severity: 'warning',
  otherSeverities: 'error for tier critical',
  bad: '# persona: {resources: {limits: {memory: 512Mi}}}\nresources:\n  limits:\n    memory: 1Gi',
  good: '# persona: {resources: {limits: {memory: 512Mi}}}\nresources:\n  limits:\n    memory: 512Mi',
  needsSurroundings: false,
  evaluate({ persona: { spec }, workload }) {
    const limits = spec.resources?.limits;
    const container = findMainContainer(workload, spec.name);
    if (!limits || !container) return 'not-applicable';
    return judgedResources.flatMap((resource): RuleReport[] => {
      const most = amountOf(limits[resource]);
      const limit = effectiveLimit(container, workload.pod, resource);
      const amount = amountOf(limit?.value);
      if (!most || !limit || !amount || compareQuantities(amount, most) <= 0) return [];
      const [actual, expected] = [showAmount(limit.value), showAmount(limits[resource])];
      return [
        {
          severity: spec.tier === 'critical' ? 'error' : 'warning',
          field: limit.path,
          container: container.name,
          actual,
          expected: `at most ${expected}`,
          message: `container ${container.name}: limit of ${resource} is ${actual}, the persona allows ${expected}`,
          suggestion: `${resource}: ${expected}`,
        },
      ];
    });
  },
};
