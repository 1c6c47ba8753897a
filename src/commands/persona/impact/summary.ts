// What `persona impact` says beside its table: sums, what stands behind them, and what was not looked at.
import { compareText } from '../../../api/compare-text.ts';
import type { ImpactReport } from '../../../cluster/impact/foretell-impact.ts';
import type { Supposition } from '../../../cluster/impact/supposition.ts';
import { tally, tallyBy } from '../../../cluster/impact/tally.ts';
import { escapeText } from '../../../ui/escape.ts';
import { formatCount, formatInstant } from './words.ts';

/** Rules that are named. */
const mostRules = 3;

/** Lines for stderr. */
export function formatSummary(report: ImpactReport, supposed: Supposition): string[] {
  const { workloads, unasked } = report;
  return [
    formatSums(report, supposed),
    'judged as applied anew, as they run now; an update is denied only for what it makes new or worse',
    ...formatRules(report),
    ...formatExceptions(report),
    ...formatAdvisory(report, supposed),
    ...(supposed.rules.length === 0
      ? []
      : [`supposed: ${supposed.rules.map(({ id, level }) => `${id}=${level}`).join(', ')}`]),
    ...(unasked.length === 0
      ? []
      : [
          `admission is not asked in ${unasked.map(({ namespace, count }) => `${namespace} (${count})`).join(', ')}`,
        ]),
    ...(workloads.some(({ create }) => create.outcome === 'denied') ? [formatHint(report)] : []),
  ].map(escapeText);
}

/** Lines for stderr, whatever is printed: without these the answer may be another. */
export function formatUnseen({ unseen }: ImpactReport): string[] {
  return unseen.map(({ resource, message }) => escapeText(`warning: ${resource} cannot be read: ${message}`));
}

function formatSums({ workloads }: ImpactReport, { mode }: Supposition): string {
  const { denied, later, warned, admitted } = tally(workloads);
  const dates = workloads.flatMap(({ create }) => create.from ?? []);
  const [first] = dates.sort((left, right) => Date.parse(left) - Date.parse(right));
  const more =
    first === undefined
      ? ''
      : `, ${later} more from ${formatInstant(first)}${new Set(dates).size > 1 ? ' on' : ''}`;
  const all = `${denied === 0 ? 'none' : denied} of ${formatCount(workloads.length, 'workload')}`;
  return `${all} would be denied in ${mode} mode${more}; ${warned} warned of, ${admitted} admitted`;
}

function formatRules({ workloads }: ImpactReport): string[] {
  const denying = tallyBy('rule', workloads).filter(({ denied }) => denied > 0);
  if (denying.length === 0) return [];
  const named = denying.slice(0, mostRules).map(({ name, denied }) => `${name} (${denied})`);
  const more = denying.length > mostRules ? [`and ${denying.length - mostRules} more: --by rule`] : [];
  return [`rules that deny most: ${[...named, ...more].join(', ')}`];
}

function formatExceptions({ exceptions }: ImpactReport): string[] {
  const live = exceptions.filter(({ isLive }) => isLive);
  const lifted = live.reduce((sum, { lifts }) => sum + lifts, 0);
  const [next] = live
    .filter(({ lifts }) => lifts > 0)
    .sort(
      (left, right) => Date.parse(left.until) - Date.parse(right.until) || compareText(left.rule, right.rule),
    );
  const ended = exceptions.length - live.length;
  return [
    ...(next === undefined
      ? []
      : [
          `${formatCount(live.length, 'exception')} ${live.length === 1 ? 'lifts' : 'lift'} ${formatCount(lifted, 'finding')}; the first ends ${formatInstant(next.until)}: ${next.rule}`,
        ]),
    ...(ended === 0 ? [] : [`${formatCount(ended, 'exception')} ended: ignored`]),
  ];
}

/** Somebody has loosened it there: that it would deny is not to be seen here. */
function formatAdvisory({ workloads }: ImpactReport, { mode }: Supposition): string[] {
  const advisory = workloads.filter((workload) => workload.mode === 'advisory').length;
  if (mode === 'advisory' || advisory === 0) return [];
  return [
    `${formatCount(advisory, 'workload')} in namespaces with dorgu.io/mode=advisory: nothing is denied there`,
  ];
}

function formatHint({ workloads }: ImpactReport): string {
  const first = workloads.find(({ create, personas }) => create.outcome === 'denied' && personas.length > 0);
  return first === undefined
    ? 'kubectl dorgu persona import describes workloads without a persona'
    : `every finding with its fix: kubectl dorgu persona impact ${first.personas[0] ?? ''} -n ${first.namespace}`;
}
