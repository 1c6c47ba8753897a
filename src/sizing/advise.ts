// Advice on the requests and limits of one workload, from what was measured of it.
import { compareText } from '../api/compare-text.ts';
import { formatQuantity } from '../quantity/index.ts';
import type { Container } from '../workload/workload.ts';
import { formatAmount, toQuantityOf } from './advise/amounts.ts';
import type { SizedResource, SizedSetting } from './advise/amounts.ts';
import { gatherCases } from './advise/container-case.ts';
import type { ContainerCase } from './advise/container-case.ts';
import { priorityOf } from './advise/priority.ts';
import { currentAmount, isGuaranteed } from './advise/quality.ts';
import { settlePair } from './advise/settle.ts';
import { findCpuTargets } from './advise/cpu-target.ts';
import { findMemoryTargets } from './advise/memory-target.ts';
import type { Silence } from './advise/target.ts';
import { idOf, judgeSetting } from './advise/verdict.ts';
import type { Judged } from './advise/verdict.ts';
import { actionOf, messageOf } from './advise/words.ts';
import type { Advice, SizingSubject } from './advice.ts';
import { confidenceOf } from './confidence.ts';
import { defaultPolicy } from './policy.ts';
import type { SizingPolicy } from './policy.ts';

/** One setting of one container, whether or not there is something to say about it. */
export interface Assessment {
  container: string;
  resource: SizedResource;
  setting: SizedSetting;
  /** As Kubernetes quantities; undefined where it is unset, and where it is better left unset or nothing is known. */
  current: string | undefined;
  target: string | undefined;
  /** Why nothing is advised; undefined where something is. */
  silence: Silence | undefined;
}

interface JudgedCase {
  one: ContainerCase;
  judged: readonly Judged[];
}

/** Advice, gravest first; the same subject gives the same advice. `spec.sizing.mode: off` is for the caller to heed. */
export function advise(subject: SizingSubject, policy: SizingPolicy = defaultPolicy): Advice[] {
  const cases = judge(subject, policy);
  return cases
    .flatMap(({ one, judged }) =>
      judged
        .filter(({ silence }) => silence === undefined)
        .map((said) => toAdvice(one, said, classChangeOf(subject, cases))),
    )
    .sort(
      (left, right) =>
        priorities.indexOf(left.priority) - priorities.indexOf(right.priority) ||
        compareText(left.id, right.id),
    );
}

const priorities: readonly Advice['priority'][] = ['high', 'medium', 'low'];

/** All settings of all containers, with the reasons for silence: for people who ask why there is no advice. */
export function assess(subject: SizingSubject, policy: SizingPolicy = defaultPolicy): Assessment[] {
  return judge(subject, policy).flatMap(({ one, judged }) =>
    judged.map(({ resource, setting, current, target, silence }) => ({
      container: one.container.name,
      resource,
      setting,
      current: current && formatQuantity(current),
      target: target.kind === 'amount' ? formatAmount(resource, target.amount) : undefined,
      silence,
    })),
  );
}

function judge(subject: SizingSubject, policy: SizingPolicy): JudgedCase[] {
  return gatherCases(subject, policy).map((one) => {
    const targets = { cpu: findCpuTargets(one), memory: findMemoryTargets(one) };
    const judged = (['cpu', 'memory'] as const).flatMap((resource) => {
      const pair = settlePair({
        request: judgeSetting(one, resource, 'request', targets[resource].request),
        limit: judgeSetting(one, resource, 'limit', targets[resource].limit),
      });
      return [pair.request, pair.limit];
    });
    return { one, judged };
  });
}

/** What happens to the pod's class of service if all of the advice is followed; empty where it stays. */
function classChangeOf({ workload: { pod } }: SizingSubject, cases: readonly JudgedCase[]): string {
  const amountAfter = (container: Container, resource: SizedResource, setting: SizedSetting) => {
    const judged = cases
      .find(({ one }) => one.container === container)
      ?.judged.find((said) => said.resource === resource && said.setting === setting);
    if (judged === undefined || judged.silence !== undefined)
      return currentAmount(container, resource, setting);
    return judged.target.kind === 'amount' ? toQuantityOf(resource, judged.target.amount) : undefined;
  };
  const before = isGuaranteed(pod.containers, currentAmount);
  if (before === isGuaranteed(pod.containers, amountAfter)) return '';
  return before
    ? 'With all of the advice the pod is no longer Guaranteed but Burstable: under pressure on a node it is evicted earlier.'
    : 'With all of the advice the pod becomes Guaranteed: under pressure on a node it is evicted last.';
}

function toAdvice(one: ContainerCase, judged: Judged, classChange: string): Advice {
  const { subject, container } = one;
  const { resource, setting, current, target } = judged;
  return {
    id: idOf(one, resource, setting),
    workload: { kind: subject.workload.kind, name: subject.workload.name },
    container: container.name,
    resource,
    setting,
    current: current && formatQuantity(current),
    recommended: target.kind === 'amount' ? formatAmount(resource, target.amount) : undefined,
    message: messageOf(one, judged),
    action: actionOf(one, judged, classChange),
    priority: priorityOf(one, judged),
    ...toEvidence(one, resource),
  };
}

type Evidence = Pick<
  Advice,
  'p95' | 'peak' | 'trend' | 'fromMs' | 'toMs' | 'samples' | 'confidence' | 'source'
>;

/** A kill is certain, whatever was measured. */
function toEvidence({ usage, kills }: ContainerCase, resource: SizedResource): Evidence {
  const isKilled = resource === 'memory' && kills.length > 0;
  const certain = { confidence: 1, source: 'pod-status' as const };
  if (usage === undefined) {
    const unknown = { p95: undefined, peak: undefined, fromMs: undefined, toMs: undefined };
    return { ...unknown, trend: [], samples: 0, ...certain };
  }
  const { fromMs, toMs, samples, source } = usage;
  const isCpu = resource === 'cpu';
  return {
    p95: isCpu ? usage.cpuPercentile(0.95) : usage.memoryPercentile(0.95),
    peak: isCpu ? usage.cpuPeakMillicores : usage.memoryPeakBytes,
    trend: isCpu ? usage.cpuTrend : usage.memoryTrend,
    fromMs,
    toMs,
    samples,
    ...(isKilled ? certain : { confidence: confidenceOf(usage), source }),
  };
}
