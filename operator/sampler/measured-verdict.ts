// Whether the use of a persona's workloads can be measured, in the words of condition MetricsAvailable.
import { metricsReasons } from '../../src/api/conditions.ts';
import type { Condition } from '../../src/api/personas.ts';
import type { UsageSource, WorkloadKey } from '../../src/sizing/usage.ts';
import { SourceAbsent, type FeedFailure } from './usage-feed.ts';

/** As much of a condition as is judged. */
export type Verdict = Pick<Condition, 'status' | 'reason' | 'message'>;

/** What is known of one persona. */
export interface MeasuredFacts {
  source: UsageSource;
  /** Undefined while the source has not been asked. */
  state: { failure: FeedFailure | undefined } | undefined;
  /** Workloads whose pods stay; none: the condition does not apply. */
  workloads: readonly (WorkloadKey & { createdMs: number; isStopped: boolean })[];
  /** A baseline of the last hour is there. */
  isMeasured: boolean;
  /** Of any container too little is known to advise anything lower. */
  isUnderADay: boolean;
  /** Anything was ever measured. */
  hasUse: boolean;
  /** Pods are measured that look like theirs, and nobody says whose they are. */
  hasUnowned: boolean;
  /** The condition that stands says that there is no source. */
  isAbsenceTold: boolean;
  nowMs: number;
}

/** A new workload has no series yet. */
const patienceMs = 900_000;

const names: Readonly<Record<UsageSource, string>> = {
  prometheus: 'Prometheus',
  'metrics-api': 'metrics.k8s.io',
};

/** Undefined where the condition does not apply; `keep` where what stands is as good as anything, or another's to say: that there is no source. */
export function judgeMeasured(facts: MeasuredFacts): Verdict | 'keep' | undefined {
  const { state, workloads, isMeasured } = facts;
  if (workloads.length === 0) return undefined;
  if (state === undefined) return 'keep';
  const { failure } = state;
  if (failure instanceof SourceAbsent) return 'keep';
  if (failure !== undefined) return { status: 'False', reason: failure.reason, message: failure.message };
  if (isMeasured) return confirm(facts);
  if (isNoWonder(facts)) return 'keep';
  return { status: 'False', ...explainGap(facts) };
}

/** The message moves once, when a day is over: how long it is exactly would be news every time. */
function confirm({ source, isUnderADay }: MeasuredFacts): Verdict {
  const message = `use is measured by ${names[source]}`;
  if (!isUnderADay) return { status: 'True', reason: metricsReasons.measured, message };
  return {
    status: 'True',
    reason: metricsReasons.measuredUnderADay,
    message: `${message}, for less than a day yet: less is advised only after one`,
  };
}

/** Too young to be measured, or without pods; that there is no source is not true any more all the same. */
function isNoWonder({ workloads, nowMs, isAbsenceTold }: MeasuredFacts): boolean {
  if (isAbsenceTold) return false;
  const isYoung = workloads.every(({ createdMs }) => nowMs - createdMs < patienceMs);
  return isYoung || workloads.every(({ isStopped }) => isStopped);
}

function explainGap({
  source,
  workloads,
  hasUse,
  hasUnowned,
}: MeasuredFacts): Pick<Verdict, 'reason' | 'message'> {
  const which = workloads.map(({ kind, name }) => `${kind} ${name}`).join(', ');
  if (hasUnowned)
    return {
      reason: metricsReasons.noOwner,
      message: `${names[source]} measures pods that may be those of ${which}, and nobody says who made them: is kube-state-metrics scraped?`,
    };
  if (hasUse)
    return {
      reason: metricsReasons.tooFewSamples,
      message: `${names[source]} has too few samples of the last hour for pods of ${which}`,
    };
  return {
    reason: metricsReasons.noSeries,
    message: `${names[source]} answers, and knows nothing of the pods of ${which}`,
  };
}
