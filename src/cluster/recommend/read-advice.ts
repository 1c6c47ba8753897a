// The operator's advice, out of the status of a persona and held against the workload as it runs now.
import type { Recommendation } from '../../api/personas.ts';
import { compareQuantities } from '../../quantity/index.ts';
import { amountOf, setting as settingOf, showAmount } from '../../rules/resources/amounts.ts';
import type { Advice } from '../../sizing/advice.ts';
import type { Workload } from '../../workload/workload.ts';
import { toAmount } from './sum-requests.ts';

/** The advice on one workload that is not followed yet. What is no advice on a request or limit is left out. */
export function readAdvice(recommendations: readonly Recommendation[], workload: Workload): Advice[] {
  return recommendations
    .filter((one) => one.workload === `${workload.kind}/${workload.name}`)
    .flatMap((one) => toAdvice(one, workload))
    .filter((one) => !isFollowed(one));
}

function toAdvice(recommendation: Recommendation, workload: Workload): Advice[] {
  const { id, container, resource, setting, recommended, message, action = '', priority } = recommendation;
  const found = workload.pod.containers.find(({ name }) => name === container);
  if (found === undefined || resource === undefined || setting === undefined) return [];
  const placed = settingOf(found, `${setting}s`, resource);
  return [
    {
      ...{ id, container: found.name, resource, setting, recommended, message, action, priority },
      workload: { kind: workload.kind, name: workload.name },
      current: placed === undefined ? undefined : showAmount(placed.value),
      ...readNumbers(recommendation, resource),
    },
  ];
}

function readNumbers(
  { p95, peak, trend = [], windowStart, windowEnd, samples = 0, confidence, source }: Recommendation,
  resource: Advice['resource'],
) {
  const amount = (value: string | undefined) => (value === undefined ? undefined : toAmount(value, resource));
  return {
    p95: amount(p95),
    peak: amount(peak),
    trend: trend.map((value) => (value === '' ? undefined : toAmount(value, resource))),
    fromMs: toInstant(windowStart),
    toMs: toInstant(windowEnd),
    samples,
    confidence: Number(confidence ?? 0),
    source: source ?? ('prometheus' as const),
  };
}

function toInstant(text: string | undefined): number | undefined {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? undefined : at;
}

/** Whether the setting is already what it should be: the operator may not have looked since. */
function isFollowed({ current, recommended }: Advice): boolean {
  const [now, wanted] = [amountOf(current), amountOf(recommended)];
  if (now === undefined || wanted === undefined) return current === recommended;
  return compareQuantities(now, wanted) === 0;
}
