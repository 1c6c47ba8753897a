// What a setting should be by what was measured, before anybody asks whether that is worth saying.
import type { SizingBounds } from '../advice.ts';
import { formatMeasured, roundUpTo } from './amounts.ts';
import type { SizedResource } from './amounts.ts';
import type { ContainerCase } from './container-case.ts';

/** Why nothing is said. */
export type Silence =
  /** Nothing was measured. */
  | 'no-samples'
  /** What scales the workload looks at this resource, and at which share of it cannot be read. */
  | 'autoscaled-by-unknown-target'
  /** Too little was measured to raise anything, or to lower anything. */
  | 'under-30-minutes'
  | 'under-a-day'
  /** Memory is not lowered after a kill. */
  | 'killed-lately'
  /** The heap takes what the limit allows: use says nothing about the limit. */
  | 'heap-follows-limit'
  /** spec.sizing.max is below what the container is known to need. */
  | 'bounded'
  /** Too small a difference. */
  | 'within-difference'
  /** It is as it should be, or the pod as a whole has it. */
  | 'as-advised';

/** An amount in millicores or bytes, with the reckoning behind it. */
export interface AmountTarget {
  readonly kind: 'amount';
  readonly amount: number;
  /** What it was made of, fit to stand before "makes 300m". */
  readonly why: string;
}

/** What a setting should be: an amount or unset; or why that is not known. */
export type Target =
  AmountTarget | { readonly kind: 'unset' } | { readonly kind: 'silent'; readonly silence: Silence };

/** Request and limit of one resource; no limit is below its request. */
export interface TargetPair {
  request: Target;
  limit: Target;
}

/** Both settings left alone. */
export function bothSilent(silence: Silence): TargetPair {
  return { request: { kind: 'silent', silence }, limit: { kind: 'silent', silence } };
}

/** What was measured, times a margin. */
export function toMeasured(
  resource: SizedResource,
  name: string,
  measured: number,
  times: number,
): AmountTarget {
  const margin = times === 1 ? '' : ` x ${times}`;
  const why = `${name} ${formatMeasured(resource, measured)}${margin}`;
  return { kind: 'amount', amount: measured * times, why };
}

/** An autoscaler keeps use at a share of the request: so this is the request at which it leaves things as they are. */
export function toAutoscaled(resource: SizedResource, p95: number, share: number): AmountTarget {
  const why = `p95 ${formatMeasured(resource, p95)} / ${Math.round(share * 100)}% that the autoscaler aims at`;
  return { kind: 'amount', amount: p95 / share, why };
}

/** `p95`, `peak`. */
export function nameOfPercentile(percentile: number): string {
  return percentile >= 1 ? 'peak' : `p${Math.round(percentile * 100)}`;
}

/** The limit, or the request where that is more. */
export function atLeastRequest(request: AmountTarget, limit: AmountTarget): AmountTarget {
  return limit.amount < request.amount
    ? { kind: 'amount', amount: request.amount, why: `the request, ${request.why},` }
    : limit;
}

/** Rounded up, not below the floor, within the bounds of the persona. */
export function fit(
  { policy, subject }: ContainerCase,
  resource: SizedResource,
  { amount, why }: AmountTarget,
): AmountTarget {
  const rounded = roundUpTo(policy.step[resource], Math.max(amount, policy.floor[resource]));
  const least = boundOf(subject.min, resource) ?? 0;
  const most = boundOf(subject.max, resource) ?? Infinity;
  if (rounded > most) return { kind: 'amount', amount: most, why: `${why}, lowered to spec.sizing.max,` };
  if (rounded < least) return { kind: 'amount', amount: least, why: `${why}, raised to spec.sizing.min,` };
  return { kind: 'amount', amount: rounded, why };
}

function boundOf(bounds: SizingBounds, resource: SizedResource): number | undefined {
  return resource === 'cpu' ? bounds.cpuMillicores : bounds.memoryBytes;
}
