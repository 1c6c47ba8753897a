// What `recommend` says beside its table: sums, what a replay gave, why others have no advice, and what to do next.
import { compareText } from '../../api/compare-text.ts';
import type { RecommendReport, Silence } from '../../cluster/recommend/recommended.ts';
import { priceOf, sumAdvice, type Price } from '../../cluster/recommend/tally-advice.ts';
import { escapeText } from '../../ui/escape.ts';
import { formatByteSum, formatCoreSum, formatPrice, formatShare } from './amounts.ts';

/** Names that stand for others with the same reason. */
const mostNames = 5;

/** How it was asked for. */
export interface SummaryOptions {
  price: Price | undefined;
  namespace: string | undefined;
}

/** Lines for stderr. */
export function formatSummary(report: RecommendReport, options: SummaryOptions): string[] {
  const { workloads } = report;
  return [
    ...(workloads.length === 0 ? [] : [formatSums(report, options.price), ...formatReplay(report)]),
    ...(report.count === 0 ? [formatNothing(options.namespace)] : []),
    ...formatSilences(report.silences, options.namespace === undefined),
    ...formatPersonless(report),
  ];
}

/** What could not be read: without it the answer may be short of something. */
export function formatUnseen({ unseen }: RecommendReport): string[] {
  return unseen.map(({ resource, message }) => escapeText(`warning: ${resource} cannot be read: ${message}`));
}

function formatSums({ workloads }: RecommendReport, price: Price | undefined): string {
  const { now, then, replicas } = sumAdvice(workloads);
  const of = workloads.length === 1 ? '' : ` of ${workloads.length} workloads`;
  const cpu = `CPU ${formatCoreSum(now.cpuMillicores)} -> ${formatCoreSum(then.cpuMillicores)}`;
  const memory = `memory ${formatByteSum(now.memoryBytes)} -> ${formatByteSum(then.memoryBytes)}`;
  const sums = `Over ${count(replicas, 'replica')}${of}: ${cpu}, ${memory}`;
  if (price === undefined) return sums;
  const change = priceOf(then, price) - priceOf(now, price);
  return `${sums}; about ${formatPrice(Math.abs(change))} ${change > 0 ? 'more' : 'less'} a month, an estimate`;
}

/** Only where all of them were replayed: half of the truth would be read as the whole. */
function formatReplay({ workloads }: RecommendReport): string[] {
  const replays = workloads.flatMap(({ replay }) => replay ?? []);
  if (replays.length === 0 || replays.length < workloads.length) return [];
  const kills = replays.reduce((sum, { oomKills }) => sum + oomKills, 0);
  const throttled = Math.max(...replays.map(({ throttledShare }) => throttledShare));
  const most = workloads.length > 1 && throttled > 0 ? 'at most ' : '';
  return [
    `Replayed over the window: ${kills === 0 ? 'no OOM kill' : count(kills, 'OOM kill')}, ${most}${formatShare(throttled)} throttled`,
  ];
}

function formatNothing(namespace: string | undefined): string {
  const where = namespace === undefined ? 'the cluster' : `namespace ${escapeText(namespace)}`;
  return `no Deployment, StatefulSet or DaemonSet to advise on in ${where}`;
}

function formatSilences(silences: readonly Silence[], hasNamespace: boolean): string[] {
  const groups = Map.groupBy(silences, ({ message }) => message);
  return [...groups].map(([message, members]) => {
    const names = members
      .map(({ namespace, object }) => (hasNamespace ? `${object} in ${namespace}` : object))
      .sort(compareText);
    const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
    return escapeText(`${names.slice(0, mostNames).join(', ')}${more}: ${message}`);
  });
}

function formatPersonless({ origin, withoutPersona }: RecommendReport): string[] {
  if (origin === 'prometheus' || withoutPersona === 0) return [];
  const verb = withoutPersona === 1 ? 'has' : 'have';
  return [`${count(withoutPersona, 'workload')} ${verb} no persona: --prometheus-url advises on those, too`];
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
