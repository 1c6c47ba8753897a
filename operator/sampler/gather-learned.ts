// Looks up what is known of a persona's use: its workloads in the caches, their history, their kills, and what scales them.
import type { Recommendation } from '../../src/api/personas.ts';
import type { Autoscaler } from '../../src/workload/surroundings.ts';
import type { ResourceBaseline as Baseline, SizingSubject } from '../../src/sizing/advice.ts';
import { advise } from '../../src/sizing/advise.ts';
import { parseBounds } from '../../src/sizing/bounds.ts';
import { defaultPolicy } from '../../src/sizing/policy.ts';
import type { ContainerUsage } from '../../src/sizing/usage.ts';
import { toRecommendation } from '../../src/sizing/to-recommendation.ts';
import { findWorkloads } from '../../src/workload/belongs-to.ts';
import type { Workload } from '../../src/workload/workload.ts';
import { gatherSurroundings, type JudgementCaches } from '../watched/around.ts';
import { findClaimed } from '../watched/ownership.ts';
import { openPersona, type WatchedPersona } from '../watched/personas.ts';
import { sizedKinds } from '../watched/usage-presence.ts';
import { openWorkload } from '../watched/workloads.ts';
import type { LearnedFacts } from './decide-learned.ts';
import type { Knowledge } from './knowledge.ts';
import { judgeMeasured } from './measured-verdict.ts';
import type { UsageFeed } from './usage-feed.ts';

/** What is asked. */
export interface LearnedSources {
  caches: JudgementCaches;
  knowledge: Knowledge;
  feed: Pick<UsageFeed, 'source'>;
}

/** What stands in the status. */
export interface Standing {
  recommendations: readonly Recommendation[];
  /** Condition MetricsAvailable says that nothing measures. */
  isAbsence: boolean;
}

/** Never throws, never asks anybody. */
export function gatherLearned(
  sources: LearnedSources,
  watched: WatchedPersona,
  { recommendations: standing, isAbsence }: Standing,
  nowMs: number,
): Omit<LearnedFacts, 'generation' | 'now'> {
  const { caches, knowledge, feed } = sources;
  const persona = openPersona(watched);
  const claimed = findClaimed(caches, watched.namespace, watched.application);
  const opened = claimed.flatMap((one) => openWorkload(one) ?? []);
  const workloads = findWorkloads(persona, opened).filter(({ kind }) => sizedKinds.has(kind));
  const baseline = mergeBaselines(workloads.flatMap((one) => knowledge.history.baselineOf(one, nowMs) ?? []));
  const subjects = workloads.map((workload) => toSubject(sources, watched, workload, standing, nowMs));
  const isKnown = subjects.some(({ usage, kills }) => usage.length > 0 || kills.length > 0);
  const { isOff } = parseBounds(persona.spec.sizing);
  return {
    baseline,
    recommendations: isOff ? [] : isKnown ? adviseOnAll(subjects, standing) : undefined,
    verdict: judgeMeasured({
      source: feed.source,
      state: knowledge.state,
      workloads: workloads.map(toJudged),
      isMeasured: baseline !== undefined,
      isUnderADay: subjects.some(({ usage }) => usage.some(isBrief)),
      hasUse: subjects.some(({ usage }) => usage.length > 0),
      hasUnowned: workloads.some((one) => knowledge.hasUnowned(one)),
      isAbsenceTold: isAbsence,
      nowMs,
    }),
    isConcerned: workloads.length > 0,
  };
}

const isBrief = ({ days }: ContainerUsage) => days < defaultPolicy.lowerAfterDays;

/** What stands of a workload of which nothing is known at the moment stays. */
function adviseOnAll(
  subjects: readonly SizingSubject[],
  standing: readonly Recommendation[],
): Recommendation[] {
  return subjects.flatMap((subject) => {
    const { workload, usage, kills } = subject;
    if (usage.length === 0 && kills.length === 0)
      return standing.filter((one) => one.workload === `${workload.kind}/${workload.name}`);
    return advise(subject).map(toRecommendation);
  });
}

function toSubject(
  { caches, knowledge }: LearnedSources,
  watched: WatchedPersona,
  workload: Workload,
  standing: readonly Recommendation[],
  nowMs: number,
): SizingSubject {
  const { spec } = openPersona(watched);
  const { min, max } = parseBounds(spec.sizing);
  return {
    workload,
    tier: spec.tier,
    autoscaler: findAutoscaler(caches, watched, workload),
    usage: knowledge.history.usageOf(workload, nowMs),
    kills: knowledge.kills.of(workload, nowMs),
    min,
    max,
    standing: new Set(standing.map(({ id }) => id)),
    nowMs,
  };
}

function findAutoscaler(
  caches: JudgementCaches,
  { namespace, application }: WatchedPersona,
  workload: Workload,
): Autoscaler | undefined {
  const around = gatherSurroundings(caches, { namespace, names: [application] }, [workload]);
  return around?.autoscalers.find(
    ({ target }) => target.kind === workload.kind && target.name === workload.name,
  );
}

function toJudged({ namespace, kind, name, createdAt, replicas }: Workload) {
  const createdMs = Date.parse(createdAt ?? '');
  return {
    ...{ namespace, kind, name, isStopped: replicas === 0 },
    createdMs: Number.isNaN(createdMs) ? 0 : createdMs,
  };
}

/** Of several workloads: the largest pod of any, and the mean of their means. */
function mergeBaselines(all: readonly Baseline[]): Baseline | undefined {
  const [first] = all;
  if (first === undefined || all.length === 1) return first;
  const mean = (of: (one: Baseline) => number) => all.reduce((sum, one) => sum + of(one), 0) / all.length;
  const largest = (of: (one: Baseline) => number) => Math.max(...all.map(of));
  return {
    avgCpuMillicores: mean(({ avgCpuMillicores }) => avgCpuMillicores),
    avgMemoryBytes: mean(({ avgMemoryBytes }) => avgMemoryBytes),
    peakCpuMillicores: largest(({ peakCpuMillicores }) => peakCpuMillicores),
    peakMemoryBytes: largest(({ peakMemoryBytes }) => peakMemoryBytes),
    windowEndMs: largest(({ windowEndMs }) => windowEndMs),
  };
}
