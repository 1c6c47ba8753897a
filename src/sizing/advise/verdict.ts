// Whether what a setting should be is worth saying: enough was measured, and the difference is large enough.
import { compareQuantities } from '../../quantity/index.ts';
import type { Quantity } from '../../quantity/index.ts';
import { isWorthSaying, leastAmounts, leastSharePercent } from '../../workload/advised-difference.ts';
import { currentOf, shareOf, toAmount, toQuantityOf } from './amounts.ts';
import type { SizedResource, SizedSetting } from './amounts.ts';
import { utilizationTarget } from './autoscaling.ts';
import type { ContainerCase } from './container-case.ts';
import type { Silence, Target } from './target.ts';

/** One setting of a container: what it is, what it should be, and why nothing is said where nothing is. */
export interface Judged {
  resource: SizedResource;
  setting: SizedSetting;
  current: Quantity | undefined;
  /** Not written down, but what the limit makes of it: it moves with the limit. */
  isImplied: boolean;
  target: Target;
  silence: Silence | undefined;
}

/** Stable for as long as it is about the same setting. */
export function idOf(
  { subject: { workload }, container }: ContainerCase,
  resource: SizedResource,
  setting: SizedSetting,
): string {
  return `${workload.kind.toLowerCase()}/${workload.name}/${container.name}/${resource}-${setting}`;
}

/** Judges one setting by itself. */
export function judgeSetting(
  one: ContainerCase,
  resource: SizedResource,
  setting: SizedSetting,
  target: Target,
): Judged {
  const current = currentOf(one.container.resources, resource, setting);
  const isStanding = one.subject.standing.has(idOf(one, resource, setting));
  const isWritten = one.container.resources[`${setting}s`].has(resource);
  const judged = { resource, setting, current, isImplied: !isWritten && current !== undefined, target };
  return { ...judged, silence: findSilence(one, judged, isStanding) };
}

type Unjudged = Omit<Judged, 'silence'>;

function findSilence(one: ContainerCase, judged: Unjudged, isStanding: boolean): Silence | undefined {
  const { target, current } = judged;
  if (target.kind === 'silent') return target.silence;
  if (target.kind === 'unset') return findSilenceOfUnset(one, current, isStanding);
  const { resource } = judged;
  if (current === undefined && hasPodLevel(one, judged)) return 'as-advised';
  const wanted = toQuantityOf(resource, target.amount);
  return (
    findLackOfEvidence(one, judged, wanted) ??
    (current === undefined || isFarEnough(one, resource, { current, wanted, isStanding })
      ? undefined
      : 'within-difference')
  );
}

/** Where the pod as a whole has requests or limits, its containers need none of their own. */
function hasPodLevel({ subject }: ContainerCase, { resource, setting }: Unjudged): boolean {
  return currentOf(subject.workload.pod.resources, resource, setting) !== undefined;
}

function findSilenceOfUnset(
  { usage, policy }: ContainerCase,
  current: Quantity | undefined,
  isStanding: boolean,
): Silence | undefined {
  if (current === undefined || usage === undefined) return 'as-advised';
  if (usage.days < policy.raiseAfterDays) return 'under-30-minutes';
  const reached = policy.cpuLimitReached * (isStanding ? 0.8 : 1);
  return usage.cpuPeakMillicores >= reached * toAmount('cpu', current) ? undefined : 'within-difference';
}

function findLackOfEvidence(one: ContainerCase, judged: Unjudged, wanted: Quantity): Silence | undefined {
  const isKilled = judged.resource === 'memory' && one.kills.length > 0;
  const days = one.usage?.days ?? 0;
  if (isLowering(judged, wanted)) {
    if (isKilled) return judged.current === undefined ? undefined : 'killed-lately';
    return days < one.policy.lowerAfterDays ? 'under-a-day' : undefined;
  }
  return isKilled || days >= one.policy.raiseAfterDays ? undefined : 'under-30-minutes';
}

/** A limit where there was none takes something away, too. */
function isLowering({ setting, current }: Unjudged, wanted: Quantity): boolean {
  return current === undefined ? setting === 'limit' : compareQuantities(wanted, current) < 0;
}

interface Difference {
  current: Quantity;
  wanted: Quantity;
  isStanding: boolean;
}

function isFarEnough(
  one: ContainerCase,
  resource: SizedResource,
  { current, wanted, isStanding }: Difference,
): boolean {
  const { policy, subject, container } = one;
  const apart = current.nano - wanted.nano;
  const difference: Quantity = { ...current, nano: apart < 0n ? -apart : apart };
  const share = isStanding ? policy.standingShare : 1;
  const isAutoscaled = utilizationTarget(subject.autoscaler, container.name, resource) !== undefined;
  if (isAutoscaled && !isAtLeast(difference, shareOf(current, policy.autoscaledShare * share))) return false;
  if (!isStanding) return isWorthSaying(resource, current, wanted);
  return (
    isAtLeast(difference, shareOf(current, (leastSharePercent / 100) * share)) &&
    isAtLeast(difference, shareOf(leastAmounts[resource], share))
  );
}

function isAtLeast(left: Quantity, right: Quantity): boolean {
  return compareQuantities(left, right) >= 0;
}
