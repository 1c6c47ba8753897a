// What a persona's status says of use: baseline, advice, and whether use can be measured. Pure: what stands is changed only where that says something new.
import { applicationConditions } from '../../src/api/conditions.ts';
import type { Condition, Recommendation, ResourceBaseline } from '../../src/api/personas.ts';
import { maxStatusRecommendations } from '../../src/api/limits.ts';
import { parseQuantity, type Quantity } from '../../src/quantity/index.ts';
import { formatInstant } from '../../src/status/plain-text.ts';
import type { SeenStatus } from '../../src/status/seen-status.ts';
import { isSameButTimes, setConditions } from '../../src/status/set-conditions.ts';
import type { ResourceBaseline as Baseline } from '../../src/sizing/advice.ts';
import { isWorthSaying } from '../../src/workload/advised-difference.ts';
import type { SeenLearned } from '../watched/learned.ts';
import { isAbsence } from '../watched/usage-presence.ts';
import type { Verdict } from './measured-verdict.ts';

/** What is known. */
export interface LearnedFacts {
  /** Undefined where nothing was measured in the last hour: what stands stays. */
  baseline: Baseline | undefined;
  /** Advice as of now; undefined where nothing can be said: what stands stays. */
  recommendations: readonly Recommendation[] | undefined;
  /** Undefined where the condition does not apply; `keep` where it is not known yet. */
  verdict: Verdict | 'keep' | undefined;
  /** Whether anything is learnt of this persona at all: it has a workload that stays. */
  isConcerned: boolean;
  generation: number | undefined;
  now: Date;
}

/** The fields of the sampler; those that are left out are given up. */
export interface LearnedStatus {
  learned?: { resourceBaseline: ResourceBaseline };
  recommendations?: Recommendation[];
  conditions?: Condition[];
}

/** What is to stand, and how that differs from what stands. */
export interface LearnedDecision {
  status: LearnedStatus;
  isChanged: boolean;
  /** Advice that is new. */
  added: readonly Recommendation[];
}

/** Figures that differ by less are the same, as a share. */
const noise = 0.05;
const bytesPerMi = 1024 * 1024;

/** Never throws. */
export function decideLearned(
  facts: LearnedFacts,
  seen: { learned: SeenLearned; status: SeenStatus },
): LearnedDecision {
  const standing = seen.learned.recommendations ?? [];
  const status = toFields({
    ...(facts.isConcerned
      ? {
          resourceBaseline: settleBaseline(facts.baseline, seen.learned.resourceBaseline),
          recommendations: settleRecommendations(facts.recommendations, standing),
        }
      : {}),
    conditions: settleCondition(facts, seen.status.conditions),
  });
  const before = toFields({ ...seen.learned, conditions: ownConditions(seen.status.conditions) });
  const known = new Set(standing.map(({ id }) => id));
  return {
    status,
    isChanged: !isSameButTimes(status, before),
    added: (status.recommendations ?? []).filter(({ id }) => !known.has(id)),
  };
}

/** What is empty is left out: the field is given up then. */
function toFields({
  resourceBaseline,
  recommendations = [],
  conditions,
}: {
  resourceBaseline?: ResourceBaseline | undefined;
  recommendations?: Recommendation[];
  conditions: Condition[];
}): LearnedStatus {
  return {
    ...(resourceBaseline === undefined ? {} : { learned: { resourceBaseline } }),
    ...(recommendations.length === 0 ? {} : { recommendations }),
    ...(conditions.length === 0 ? {} : { conditions }),
  };
}

/** That there is no source the controller of personas says. */
function ownConditions(conditions: readonly Condition[] = []): Condition[] {
  return conditions.filter((one) => one.type === applicationConditions.metricsAvailable && !isAbsence(one));
}

function settleCondition(
  { verdict, generation, now }: LearnedFacts,
  seen: readonly Condition[] | undefined,
): Condition[] {
  if (verdict === 'keep') return ownConditions(seen);
  if (verdict === undefined) return [];
  const type = applicationConditions.metricsAvailable;
  return setConditions([{ type, ...verdict }], seen, { generation, now });
}

/** Rewritten as a whole where one figure has moved. */
function settleBaseline(
  found: Baseline | undefined,
  standing: ResourceBaseline | undefined,
): ResourceBaseline | undefined {
  if (found === undefined) return standing;
  const figures = {
    avgCPU: toMilli(found.avgCpuMillicores),
    avgMemory: toMebi(found.avgMemoryBytes),
    peakCPU: toMilli(found.peakCpuMillicores),
    peakMemory: toMebi(found.peakMemoryBytes),
  };
  if (standing !== undefined && baselineFields.every((field) => isNear(figures[field], standing[field])))
    return standing;
  return { ...figures, windowEnd: formatInstant(new Date(found.windowEndMs)) };
}

const baselineFields = ['avgCPU', 'avgMemory', 'peakCPU', 'peakMemory'] as const;

function toMilli(millicores: number): string {
  return `${Math.round(millicores)}m`;
}

function toMebi(bytes: number): string {
  return `${Math.round(bytes / bytesPerMi)}Mi`;
}

/** A unit more or less is rounding. */
function isNear(now: string, before: string | undefined): boolean {
  if (before === undefined) return false;
  const [is, was] = [Number.parseInt(now, 10), Number.parseInt(before, 10)];
  const isSameUnit = now.replace(/^\d+/, '') === before.replace(/^\d+/, '');
  return isSameUnit && Math.abs(is - was) <= Math.max(1, was * noise);
}

/** In the order that was found; what stands stays word for word as long as it advises the same. */
function settleRecommendations(
  found: readonly Recommendation[] | undefined,
  standing: readonly Recommendation[],
): Recommendation[] {
  if (found === undefined) return [...standing];
  const byId = new Map(standing.map((one) => [one.id, one]));
  const settled = found.map((one) => {
    const before = byId.get(one.id);
    return before !== undefined && saysTheSame(before, one) ? before : one;
  });
  const isSameSet = settled.length === standing.length && settled.every(({ id }) => byId.has(id));
  // The order of a map-list is that of its first writing: another one is no news.
  const ordered = isSameSet
    ? standing.map(({ id }) => settled.find((one) => one.id === id) as Recommendation)
    : settled;
  return ordered.slice(0, maxStatusRecommendations);
}

function saysTheSame(before: Recommendation, now: Recommendation): boolean {
  if (before.current !== now.current) return false;
  if (before.recommended === now.recommended) return true;
  const [was, is] = [readQuantity(before.recommended), readQuantity(now.recommended)];
  if (was === undefined || is === undefined || now.resource === undefined) return false;
  return !isWorthSaying(now.resource, was, is);
}

function readQuantity(text: string | undefined): Quantity | undefined {
  const parsed = parseQuantity(text);
  return parsed.ok ? parsed.quantity : undefined;
}
