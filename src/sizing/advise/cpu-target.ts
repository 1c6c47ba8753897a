// What a container's CPU request and limit should be.
import type { Measure } from '../policy.ts';
import type { ContainerUsage } from '../usage.ts';
import { utilizationTarget } from './autoscaling.ts';
import type { ContainerCase } from './container-case.ts';
import { atLeastRequest, bothSilent, fit, nameOfPercentile, toAutoscaled, toMeasured } from './target.ts';
import type { AmountTarget, TargetPair } from './target.ts';

/** By percentiles over all windows of all pods; where an autoscaler looks at CPU, by what it aims at. */
export function findCpuTargets(one: ContainerCase): TargetPair {
  const { usage, policy, subject, container } = one;
  const { cpuRequest, cpuLimit } = policy.tiers[subject.tier];
  // Memory alone may have been measured: no use at all is no measurement of a container that runs.
  if (usage === undefined || usage.cpuPeakMillicores <= 0) return bothSilent('no-samples');
  const aim = utilizationTarget(subject.autoscaler, container.name, 'cpu');
  if (aim === 'unknown') return bothSilent('autoscaled-by-unknown-target');
  const wanted =
    aim === undefined ? measure(usage, cpuRequest) : toAutoscaled('cpu', usage.cpuPercentile(0.95), aim);
  const request = fit(one, 'cpu', wanted);
  if (cpuLimit === 'unset') return { request, limit: { kind: 'unset' } };
  return { request, limit: atLeastRequest(request, fit(one, 'cpu', measureLimit(usage, cpuLimit))) };
}

/** A percentile may read 2% less than it is: a limit is not below the truth. */
function measureLimit(usage: ContainerUsage, wanted: Measure): AmountTarget {
  const { why, amount } = measure(usage, wanted);
  return { kind: 'amount', amount: Math.min(amount * 1.02, usage.cpuPeakMillicores * wanted.times), why };
}

function measure(usage: ContainerUsage, { percentile, times }: Measure): AmountTarget {
  const measured = percentile >= 1 ? usage.cpuPeakMillicores : usage.cpuPercentile(percentile);
  return toMeasured('cpu', nameOfPercentile(percentile), measured, times);
}
