// The rule that the main container asks for at least what its persona says it needs.
import { compareQuantities } from '../../quantity/index.ts';
import { findMainContainer } from '../../workload/main-container.ts';
import type { Rule, RuleReport } from '../rule.ts';
import { amountOf, effectiveRequest, judgedResources, showAmount } from './amounts.ts';

/** resources/request-below-persona */
export const requestBelowPersona: Rule = {
  id: 'resources/request-below-persona',
  title: 'No request is below the persona’s',
  semantics:
    'The requests of cpu and memory of the main container against resources.requests of the persona, compared exactly. A limit counts as the request where there is none, and the pod’s where the container has neither.',
  rationale:
    'The persona says what the application needs to run well; where less is set aside, it gets less as soon as its node is busy.',
  severity: 'warning',
  otherSeverities: '',
  bad: '# persona: {resources: {requests: {memory: 128Mi}}}\nresources:\n  requests:\n    memory: 64Mi',
  good: '# persona: {resources: {requests: {memory: 128Mi}}}\nresources:\n  requests:\n    memory: 128Mi',
  needsSurroundings: false,
  evaluate({ persona: { spec }, workload }) {
    const requests = spec.resources?.requests;
    const container = findMainContainer(workload, spec.name);
    if (!requests || !container) return 'not-applicable';
    return judgedResources.flatMap((resource): RuleReport[] => {
      const least = amountOf(requests[resource]);
      const request = effectiveRequest(container, workload.pod, resource);
      const amount = amountOf(request?.value);
      if (!least || !request || !amount || compareQuantities(amount, least) >= 0) return [];
      const [actual, expected] = [showAmount(request.value), showAmount(requests[resource])];
      return [
        {
          field: request.path,
          container: container.name,
          actual,
          expected: `at least ${expected}`,
          message: `container ${container.name}: request of ${resource} is ${actual}, the persona says ${expected}`,
          suggestion: `${resource}: ${expected}`,
        },
      ];
    });
  },
};
