// The rule that nothing asks for more than it may use.
import { addQuantities, formatQuantity, quantityOf, toMilliUnits } from '../../quantity/index.ts';
import type { PodSnapshot, ResourceSettings } from '../../workload/workload.ts';
import type { Rule, RuleReport } from '../rule.ts';
import { amountOf, judgedResources, lastingContainers, ownRequest, setting, showAmount } from './amounts.ts';
import type { JudgedResource, Placed } from './amounts.ts';

/** resources/request-above-limit */
export const requestAboveLimit: Rule = {
  id: 'resources/request-above-limit',
  title: 'No request is above its limit',
  semantics:
    'For cpu and memory apart: the request of each container (init containers and native sidecars too) against its limit, else against the pod’s; the pod’s request against the pod’s limit; and the sum of what containers and native sidecars ask for against the pod’s request, else its limit.',
  rationale: 'The API server refuses such a pod, so the next rollout stands still.',
  severity: 'warning',
  otherSeverities: '',
  bad: 'resources:\n  requests:\n    cpu: 500m\n  limits:\n    cpu: 250m',
  good: 'resources:\n  requests:\n    cpu: 250m\n  limits:\n    cpu: 500m',
  needsSurroundings: false,
  evaluate: ({ workload: { pod } }) =>
    judgedResources.flatMap((resource) => [
      ...pod.containers.flatMap((container) => judgeContainer(container, pod, resource)),
      ...judgePod(pod, resource),
    ]),
};

type Owner = { name: string; path: string; resources: ResourceSettings };

function judgeContainer(container: Owner, pod: PodSnapshot, resource: JudgedResource): RuleReport[] {
  const own = setting(container, 'limits', resource);
  const report = compare(setting(container, 'requests', resource), own ?? setting(pod, 'limits', resource), {
    whose: `container ${container.name}`,
    limitOf: own ? 'its limit' : 'the pod’s limit',
    resource,
  });
  return report ? [{ ...report, container: container.name }] : [];
}

function judgePod(pod: PodSnapshot, resource: JudgedResource): RuleReport[] {
  const limit = setting(pod, 'limits', resource);
  const request = setting(pod, 'requests', resource);
  const own = compare(request, limit, { whose: 'the pod', limitOf: 'its limit', resource });
  if (own) return [own];
  const requests = lastingContainers(pod).map((container) => ownRequest(container, resource));
  // One alone that is too much has been named already, unless it is over the pod's request.
  const count = requests.filter((entry) => entry !== undefined).length;
  const bound = request ?? (count < 2 ? undefined : limit);
  if (!bound || count === 0) return [];
  const amounts = requests.map((entry) => amountOf(entry?.value) ?? quantityOf(0));
  const value = formatQuantity(amounts.reduce(addQuantities));
  const limitOf = bound === request ? 'the pod’s request' : 'the pod’s limit';
  const sum = compare({ value, path: bound.path }, bound, {
    whose: 'the containers together',
    limitOf,
    resource,
  });
  return sum ? [sum] : [];
}

function compare(
  request: Placed | undefined,
  limit: Placed | undefined,
  words: { whose: string; limitOf: string; resource: string },
): RuleReport | undefined {
  const amount = amountOf(request?.value);
  const most = amountOf(limit?.value);
  // The API server rounds both up to thousandths before it compares: 2u and 1u are the same to it.
  if (!request || !limit || !amount || !most || toMilliUnits(amount) <= toMilliUnits(most)) return undefined;
  const [actual, expected] = [showAmount(request.value), showAmount(limit.value)];
  return {
    field: request.path,
    actual,
    expected: `at most ${expected}`,
    message: `${words.whose}: request of ${words.resource} is ${actual}, over ${words.limitOf} of ${expected}`,
    suggestion: `lower the request to ${expected}, or raise the limit to ${actual}`,
  };
}
