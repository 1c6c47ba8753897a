// The rule that what containers ask for is what they were measured to need.
import { compareQuantities } from '../../quantity/index.ts';
import { isWorthSaying } from '../../workload/advised-difference.ts';
import type { Container } from '../../workload/workload.ts';
import type { Rule, RuleReport } from '../rule.ts';
import type { Advised } from './advised.ts';
import { amountOf, ownRequest, setting, showAmount } from './amounts.ts';
import type { Placed } from './amounts.ts';

/** resources/usage-vs-request */
export const usageVsRequest: Rule = {
  id: 'resources/usage-vs-request',
  title: 'Requests and limits fit what was measured',
  semantics:
    'Each of status.recommendations of the persona that is about this workload, against the request or limit of the container that it names (a limit counts as the request where there is none; what is unset is another rule’s). Below what is recommended is a warning, above it a note, both from a difference of 10% of what is set, and of 25m of CPU or 32Mi of memory. Where a limit is better left unset, one below the measured p95 is a warning. What an autoscaler and spec.sizing of the persona ask for is in the recommendation already: the p95 itself is compared with nothing else. Without a recommendation, and where spec.sizing.mode is off, there is nothing to say.',
  rationale:
    'Too little is throttled, evicted or killed for its memory as soon as its node is busy; what is asked for and never used is paid for and kept from others.',
  severity: 'warning',
  otherSeverities: 'info for more than is needed',
  bad: '# status:\n#   recommendations:\n#     - {workload: Deployment/shop, container: shop, resource: memory,\n#        setting: request, recommended: 288Mi}\nresources:\n  requests:\n    memory: 64Mi',
  good: '# status:\n#   recommendations:\n#     - {workload: Deployment/shop, container: shop, resource: memory,\n#        setting: request, recommended: 288Mi}\nresources:\n  requests:\n    memory: 288Mi',
  needsSurroundings: false,
  evaluate({ persona: { spec, status }, workload }) {
    // Settled: what stands there can be read.
    const advised = (status?.recommendations ?? []) as readonly Advised[];
    if (advised.length === 0 || spec.sizing.mode === 'off') return 'not-applicable';
    const own = `${workload.kind}/${workload.name}`;
    return advised
      .filter((one) => one.workload === own)
      .flatMap((one) => {
        const container = workload.pod.containers.find(({ name }) => name === one.container);
        return container === undefined ? [] : judgeSetting(container, one);
      });
  },
};

function judgeSetting(container: Container, advised: Advised): RuleReport[] {
  const declared =
    advised.setting === 'request'
      ? ownRequest(container, advised.resource)
      : setting(container, 'limits', advised.resource);
  if (declared === undefined) return [];
  const outcome = advised.recommended === undefined ? judgeUnset(declared, advised) : judgeAmount(declared, advised); // prettier-ignore
  return outcome === undefined ? [] : [toReport(container, declared, advised, outcome)];
}

type Outcome = Pick<RuleReport, 'severity' | 'expected' | 'suggestion'> & { why: string };

function judgeAmount(declared: Placed, { resource, recommended = '', p95 }: Advised): Outcome | undefined {
  const [current, wanted] = [amountOf(declared.value), amountOf(recommended)];
  if (!current || !wanted || !isWorthSaying(resource, current, wanted)) return undefined;
  const isLow = compareQuantities(current, wanted) < 0;
  return {
    severity: isLow ? 'warning' : 'info',
    expected: recommended,
    why: `${recommended} ${isLow ? 'is recommended' : 'is enough'}${p95 === undefined ? '' : ` (p95 ${p95})`}`,
    suggestion: `${resource}: ${recommended}`,
  };
}

/** Higher ones do no harm, and may be somebody's will. */
function judgeUnset(declared: Placed, { resource, p95 }: Advised): Outcome | undefined {
  const [current, used] = [amountOf(declared.value), amountOf(p95)];
  if (!current || !used || compareQuantities(current, used) >= 0) return undefined;
  return {
    severity: 'warning',
    expected: 'unset',
    why: `below the p95 of ${showAmount(p95)}`,
    suggestion: `leave the limit of ${resource} out`,
  };
}

function toReport(
  { name, path }: Container,
  { value }: Placed,
  { setting: what, resource }: Advised,
  { why, ...outcome }: Outcome,
): RuleReport {
  const actual = showAmount(value);
  return {
    ...outcome,
    // A limit may stand for the request: then that is where one has to be written.
    field: `${path}.resources.${what}s.${resource}`,
    container: name,
    actual,
    message: `container ${name}: ${what} of ${resource} is ${actual}, ${why}`,
  };
}
