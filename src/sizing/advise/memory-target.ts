// What a container's memory request and limit should be.
import type { Measure } from '../policy.ts';
import { currentOf, formatMeasured, toAmount } from './amounts.ts';
import { utilizationTarget } from './autoscaling.ts';
import type { ContainerCase } from './container-case.ts';
import { atLeastRequest, bothSilent, fit, nameOfPercentile, toAutoscaled, toMeasured } from './target.ts';
import type { AmountTarget, TargetPair } from './target.ts';

/** By peaks; what a container was killed for wanting more than counts as a peak. */
export function findMemoryTargets(one: ContainerCase): TargetPair {
  const aim = utilizationTarget(one.subject.autoscaler, one.container.name, 'memory');
  if (aim === 'unknown' && one.kills.length === 0) return bothSilent('autoscaled-by-unknown-target');
  const wanted = findWanted(one, typeof aim === 'number' ? aim : undefined);
  if (wanted === undefined) return bothSilent('no-samples');
  const limit = fit(one, 'memory', wanted.limit);
  if (limit.amount < neededBytes(one)) return bothSilent('bounded');
  const request = isEqual(one) ? limit : fit(one, 'memory', wanted.request);
  if (one.heap?.followsLimit === true) return followHeap(one, { request, limit });
  return { request, limit: atLeastRequest(request, limit) };
}

interface Wanted {
  request: AmountTarget;
  limit: AmountTarget;
}

function findWanted(one: ContainerCase, aim: number | undefined): Wanted | undefined {
  const { memoryRequest, memoryLimit } = one.policy.tiers[one.subject.tier];
  const p95 = one.usage?.memoryPercentile(0.95);
  const request = largest([
    measure(one, memoryRequest),
    p95 === undefined || aim === undefined ? undefined : toAutoscaled('memory', p95, aim),
  ]);
  if (request === undefined) return undefined;
  // A heap that follows the limit would grow with it, and its peak ask for more each time: then the kill alone counts.
  const isKillAlone = one.heap?.followsLimit === true && one.kills.length > 0;
  const byUse = memoryLimit === 'request' ? request : measure(one, memoryLimit);
  const limit = largest([isKillAlone ? undefined : byUse, afterKill(one)]);
  return { request, limit: limit ?? request };
}

/** Whether the tier's limit is its request. */
function isEqual({ policy, subject }: ContainerCase): boolean {
  return policy.tiers[subject.tier].memoryLimit === 'request';
}

/** The highest limit that it was killed at; 0 where it was not, or had none. */
function killedAt({ kills }: ContainerCase): number {
  return Math.max(0, ...kills.map(({ limitBytes }) => limitBytes ?? 0));
}

/** The most that the container is known to have needed. */
function neededBytes(one: ContainerCase): number {
  return Math.max(one.usage?.memoryPeakBytes ?? 0, killedAt(one));
}

function measure(one: ContainerCase, { percentile, times }: Measure): AmountTarget | undefined {
  const killed = killedAt(one);
  const measured = one.usage?.memoryPercentile(percentile) ?? 0;
  if (killed === 0 && measured === 0) return undefined;
  if (killed > measured) return toMeasured('memory', 'the limit that it was killed at,', killed, times);
  const name = percentile >= 1 ? 'peak' : `${nameOfPercentile(percentile)} of daily peaks`;
  return toMeasured('memory', name, measured, times);
}

function afterKill(one: ContainerCase): AmountTarget | undefined {
  const { times, plusBytes } = one.policy.kill;
  const limit = killedAt(one);
  if (limit === 0) return undefined;
  const isAdded = limit + plusBytes >= limit * times;
  const margin = isAdded ? `+ ${formatMeasured('memory', plusBytes)}` : `x ${times}`;
  return {
    kind: 'amount',
    amount: isAdded ? limit + plusBytes : limit * times,
    why: `the limit that it was killed at, ${formatMeasured('memory', limit)} ${margin}`,
  };
}

function largest(amounts: readonly (AmountTarget | undefined)[]): AmountTarget | undefined {
  return amounts.reduce(
    (most, one) => (most === undefined || (one && one.amount > most.amount) ? one : most),
    undefined,
  );
}

/** Use of a heap that follows the limit says nothing about the limit: that stays but for a kill, and the request is not above it. */
function followHeap(one: ContainerCase, pair: { request: AmountTarget; limit: AmountTarget }): TargetPair {
  const isKilled = one.kills.length > 0;
  const current = currentOf(one.container.resources, 'memory', 'limit');
  if (current === undefined && !isKilled) return { ...pair, limit: atLeastRequest(pair.request, pair.limit) };
  const most = isKilled || current === undefined ? pair.limit.amount : toAmount('memory', current);
  const isAtLimit = isEqual(one) || pair.request.amount > most;
  const why = 'the limit, which the heap follows,';
  return {
    request: isAtLimit ? { kind: 'amount', amount: most, why } : pair.request,
    limit: isKilled ? pair.limit : { kind: 'silent', silence: 'heap-follows-limit' },
  };
}
