// The rule that containers ask for what their persona says is asked for.
import { findMainContainer } from '../../workload/main-container.ts';
import type { Rule, RuleReport } from '../rule.ts';
import { effectiveRequest, judgedResources, lastingContainers, showAmount } from './amounts.ts';

/** resources/request-missing */
export const requestMissing: Rule = {
  id: 'resources/request-missing',
  title: 'Containers say what they need',
  semantics:
    'For cpu and memory apart, where the persona names a request: every container and native sidecar has one. A limit counts as one, because Kubernetes then takes it for the request; so does a request or limit of the pod.',
  rationale:
    'A container without a request counts as nothing when pods are placed: its node is overbooked, and it is among the first to be evicted.',
  severity: 'warning',
  otherSeverities: '',
  bad: '# persona: {resources: {requests: {cpu: 100m}}}\nresources:\n  requests:\n    memory: 128Mi',
  good: '# persona: {resources: {requests: {cpu: 100m}}}\nresources:\n  requests:\n    cpu: 100m\n    memory: 128Mi',
  needsSurroundings: false,
  evaluate({ persona: { spec }, workload }) {
    const requests = spec.resources?.requests;
    if (!requests) return 'not-applicable';
    const main = findMainContainer(workload, spec.name);
    return lastingContainers(workload.pod).flatMap((container) =>
      judgedResources.flatMap((resource): RuleReport[] => {
        const wanted = requests[resource];
        if (wanted === undefined || effectiveRequest(container, workload.pod, resource)) return [];
        const isMain = container === main;
        const expected = isMain ? showAmount(wanted) : 'a request';
        return [
          {
            field: `${container.path}.resources.requests.${resource}`,
            container: container.name,
            actual: 'unset',
            expected,
            message: `container ${container.name}: no request of ${resource}`,
            suggestion: isMain ? `${resource}: ${expected}` : `give it a request of ${resource}`,
          },
        ];
      }),
    );
  },
};
