// ADVICE: what could be better, most valuable first, with the numbers behind it.
import type { Recommendation } from '../../../api/personas.ts';
import { priorities } from '../../../api/vocabulary.ts';
import type { PersonaReport } from '../../../cluster/inspect-persona.ts';
import { countReplicas } from '../../../cluster/recommend/choose-workloads.ts';
import { sortAdvice } from '../../../cluster/recommend/order-advice.ts';
import { readAdvice } from '../../../cluster/recommend/read-advice.ts';
import type { AdvisedWorkload } from '../../../cluster/recommend/recommended.ts';
import { sumRequests } from '../../../cluster/recommend/sum-requests.ts';
import type { Advice } from '../../../sizing/advice.ts';
import { formatByteSum, formatCoreSum, formatSpan, formatUsed } from '../../recommend/amounts.ts';
import { quoteWord } from '../../shell-word.ts';
import type { Entry, Section } from './screen-model.ts';

const names = { cpu: 'CPU', memory: 'memory' } as const;

/** Undefined where there is none. What was followed since the operator looked is not shown. */
export function listAdvice(report: PersonaReport, { isWide }: { isWide: boolean }): Section | undefined {
  const { persona, status } = report;
  const recommendations = status.recommendations ?? [];
  const advised = findAdvised(report, recommendations);
  const measured = advised.flatMap((one) => one.advice.map((advice) => ({ one, advice })));
  const others = recommendations.filter((recommendation) => !isMeasured(recommendation));
  if (measured.length + others.length === 0) return undefined;
  const { name, namespace = '' } = persona.metadata;
  const command = `kubectl dorgu recommend ${quoteWord(name)} -n ${quoteWord(namespace)} --patch kustomize`;
  const hasSeveral = new Set(measured.map(({ one, advice }) => `${one.workload.name}/${advice.container}`)).size > 1; // prettier-ignore
  const own = sortEntries(measured.map(({ advice }) => toEntry(advice, { hasSeveral, isWide })));
  const entries = sortEntries([...withCommand(own, command), ...others.map(toPlainEntry)]);
  return {
    title: 'ADVICE',
    summary: advised.length === 0 ? countPriorities(entries) : formatGain(advised),
    entries,
  };
}

function findAdvised(
  { persona, status, workloads }: PersonaReport,
  recommendations: readonly Recommendation[],
): AdvisedWorkload[] {
  if (persona.spec.sizing?.mode === 'off' || status.recommendations === undefined) return [];
  return workloads.flatMap((workload) => {
    const advice = sortAdvice(readAdvice(recommendations, workload), workload);
    if (advice.length === 0) return [];
    const whose = { namespace: workload.namespace, personas: [persona.metadata.name], team: undefined };
    return [{ ...whose, workload, replicas: countReplicas(workload), advice, replay: undefined }];
  });
}

/** Of a request or limit; what else an operator may advise has words alone. */
const isMeasured = ({ workload, container, resource, setting }: Recommendation): boolean =>
  [workload, container, resource, setting].every((part) => part !== undefined);

function toEntry(advice: Advice, { hasSeveral, isWide }: { hasSeveral: boolean; isWide: boolean }): Entry {
  const { container, resource, setting, current = 'unset', recommended = 'unset' } = advice;
  const whose = hasSeveral ? `${container}: ` : '';
  return {
    label: advice.priority,
    topic: `${whose}${names[resource]} ${setting} ${current} -> ${recommended}`,
    text: formatNumbers(advice) ?? advice.message,
    below: isWide ? [advice.message, advice.action].filter((line) => line !== '') : [],
  };
}

/** `p95 250m, peak 480m over 6 days, confidence 0.86`; undefined where it rests on something else. */
function formatNumbers(advice: Advice): string | undefined {
  const [p95, peak] = [formatUsed(advice.p95, advice.resource), formatUsed(advice.peak, advice.resource)];
  const span = formatSpan(advice);
  if (advice.source === 'pod-status' || span === undefined || (p95 ?? peak) === undefined) return undefined;
  const used = [p95 === undefined ? '' : `p95 ${p95}`, peak === undefined ? '' : `peak ${peak}`];
  return `${used.filter((part) => part !== '').join(', ')} over ${span}, confidence ${advice.confidence}`;
}

function toPlainEntry({ priority, type, message, action = '' }: Recommendation): Entry {
  return { label: priority, topic: type, text: message, below: action === '' ? [] : [action] };
}

const rankOf = ({ label }: Entry) => priorities.findIndex((priority) => priority === label);

const sortEntries = (entries: readonly Entry[]) =>
  entries.toSorted((left, right) => rankOf(left) - rankOf(right));

function countPriorities(entries: readonly Entry[]): string {
  return priorities
    .map((priority) => [priority, entries.filter(({ label }) => label === priority).length] as const)
    .filter(([, count]) => count > 0)
    .map(([priority, count]) => `${count} ${priority}`)
    .join(', ');
}

/** `2.1 cores and 4.5Gi to win`, `0.5 cores to win, 256Mi to add`; over all replicas. */
function formatGain(advised: readonly AdvisedWorkload[]): string {
  const { now, then } = sumRequests(advised);
  const changes = [
    {
      amount: now.cpuMillicores - then.cpuMillicores,
      format: (one: number) => `${formatCoreSum(one)} cores`,
    },
    { amount: now.memoryBytes - then.memoryBytes, format: formatByteSum },
  ];
  const list = (sign: 1 | -1) =>
    changes
      .filter(({ amount }) => amount * sign > 0)
      .map(({ amount, format }) => format(Math.abs(amount)))
      .join(' and ');
  const [won, added] = [list(1), list(-1)];
  return [won === '' ? '' : `${won} to win`, added === '' ? '' : `${added} to add`]
    .filter((part) => part !== '')
    .join(', ');
}

/** Once, under the last: it does all of them together. */
function withCommand(entries: readonly Entry[], command: string): Entry[] {
  return entries.map((entry, index) =>
    index === entries.length - 1 ? { ...entry, below: [...entry.below, command] } : entry,
  );
}
