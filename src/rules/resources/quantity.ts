// The rule that what stands in requests and limits is an amount at all.
import type { ResourceSettings } from '../../workload/workload.ts';
import type { Rule, RuleReport } from '../rule.ts';
import { showValue } from '../show-value.ts';
import { readAmount } from './amounts.ts';
import type { ResourceSide } from './amounts.ts';

/** Amounts of these are whole bytes. */
const byteResources = new Set(['memory', 'ephemeral-storage']);

/** resources/quantity */
export const quantity: Rule = {
  id: 'resources/quantity',
  title: 'Requests and limits are amounts',
  semantics:
    'Every value under requests and limits, of every container and of the pod, has to be a quantity as Kubernetes reads them, and not negative. Memory in thousandths of a byte (100m) is a slip for mebibytes and a warning.',
  rationale:
    'The API server refuses the whole workload for one malformed amount, and 100m of memory is a tenth of a byte: the container is killed as it starts.',
  severity: 'error',
  otherSeverities: 'warning for a fraction of a byte',
  bad: 'resources:\n  limits:\n    memory: 512MB',
  good: 'resources:\n  limits:\n    memory: 512Mi',
  needsSurroundings: false,
  evaluate: ({ workload: { pod } }) => [
    ...pod.containers.flatMap((container) => judgeSettings(container, container.name)),
    ...judgeSettings(pod),
  ],
};

function judgeSettings(
  owner: { path: string; resources: ResourceSettings },
  container?: string,
): RuleReport[] {
  return (['requests', 'limits'] as const).flatMap((side) =>
    [...owner.resources[side]].flatMap(([resource, value]) => {
      const report = value === null ? undefined : judgeValue(side, resource, value);
      if (!report) return [];
      const field = `${owner.path}.resources.${side}.${showValue(resource)}`;
      return container === undefined ? [{ ...report, field }] : [{ ...report, field, container }];
    }),
  );
}

function judgeValue(
  side: ResourceSide,
  resource: string,
  value: unknown,
): Omit<RuleReport, 'field'> | undefined {
  const shown = showValue(value);
  const name = `${showValue(resource)} under ${side}`;
  const result = readAmount(value);
  if (!result.ok)
    return {
      actual: shown,
      expected: 'a quantity',
      message: `${name} is ${shown}, which is no quantity: ${result.reason}`,
    };
  const { nano } = result.quantity;
  if (nano < 0n)
    return { actual: shown, expected: '0 or more', message: `${name} is ${shown}, 0 or more expected` };
  if (!byteResources.has(resource) || nano % 1_000_000_000n === 0n) return undefined;
  return {
    severity: 'warning',
    actual: shown,
    expected: 'whole bytes',
    message: `${name} is ${shown}, a fraction of a byte`,
    suggestion: 'write mebibytes: 100Mi',
  };
}
