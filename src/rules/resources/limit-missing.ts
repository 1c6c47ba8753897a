// The rule that the main container has the limits that its persona names.
import { findMainContainer } from '../../workload/main-container.ts';
import type { Rule, RuleReport } from '../rule.ts';
import { effectiveLimit, judgedResources, showAmount } from './amounts.ts';

/** resources/limit-missing */
export const limitMissing: Rule = {
  id: 'resources/limit-missing',
  title: 'A limit that the persona names is there',
  semantics:
    'For cpu and memory apart: the persona names one under resources.limits, and neither the main container nor the pod has one.',
  rationale:
    'Without a limit one leak takes the memory of the whole node, and what runs beside it is killed first.',
  severity: 'warning',
  otherSeverities: '',
  bad: '# persona: {resources: {limits: {memory: 512Mi}}}\nresources:\n  requests:\n    memory: 128Mi',
  good: '# persona: {resources: {limits: {memory: 512Mi}}}\nresources:\n  requests:\n    memory: 128Mi\n  limits:\n    memory: 512Mi',
  needsSurroundings: false,
  evaluate({ persona: { spec }, workload }) {
    const limits = spec.resources?.limits;
    const container = findMainContainer(workload, spec.name);
    if (!limits || !container) return 'not-applicable';
    return judgedResources.flatMap((resource): RuleReport[] => {
      if (limits[resource] === undefined || effectiveLimit(container, workload.pod, resource)) return [];
      const expected = showAmount(limits[resource]);
      return [
        {
          field: `${container.path}.resources.limits.${resource}`,
          container: container.name,
          actual: 'unset',
          expected,
          message: `container ${container.name}: no limit of ${resource}, the persona says ${expected}`,
          suggestion: `${resource}: ${expected}`,
        },
      ];
    });
  },
};
