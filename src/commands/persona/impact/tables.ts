// The tables of `persona impact`: workloads that enforcing would deny, or sums by team, rule or namespace.
import { tallyBy, type Grouping } from '../../../cluster/impact/tally.ts';
import type { WorkloadImpact } from '../../../cluster/impact/foretold.ts';
import { formatTable, type Column } from '../../../ui/table.ts';
import { compareOutcomes, formatOutcome, listDecisiveRules } from './words.ts';

/** Which columns and rows there are. */
export interface ImpactLook {
  hasNamespace: boolean;
  /** Every workload, and what an update would get, the mode and the team. */
  isWide: boolean;
}

/** Rules that a row names. */
const mostRules = 3;

interface ImpactColumn extends Column {
  read: (impact: WorkloadImpact) => string | undefined;
}

const namespace: ImpactColumn = { heading: 'NAMESPACE', read: (impact) => impact.namespace };
const always: readonly ImpactColumn[] = [
  { heading: 'WORKLOAD', read: ({ kind, name }) => `${kind}/${name}` },
  { heading: 'PERSONA', read: ({ personas }) => personas.join(', ') },
  { heading: 'APPLIED ANEW', read: ({ create }) => formatOutcome(create) },
];
const wide: readonly ImpactColumn[] = [
  { heading: 'UPDATED', read: ({ update }) => formatOutcome(update) },
  { heading: 'MODE', read: ({ mode }) => mode },
  { heading: 'TEAM', read: ({ team }) => team },
];

/** Lines, gravest first; none where there is nothing to show. */
export function formatWorkloads(
  workloads: readonly WorkloadImpact[],
  { hasNamespace, isWide }: ImpactLook,
): string[] {
  const isShown = ({ create: { outcome } }: WorkloadImpact) =>
    isWide || outcome === 'denied' || outcome === 'later';
  const shown = workloads.filter(isShown).toSorted(compareOutcomes);
  const rules: ImpactColumn = {
    heading: 'RULES',
    read: (impact) => cut(listDecisiveRules(impact), isWide ? Infinity : mostRules),
  };
  const columns = [...(hasNamespace ? [namespace] : []), ...always, ...(isWide ? wide : []), rules];
  if (shown.length === 0) return [];
  return formatTable(
    columns,
    shown.map((impact) => columns.map(({ read }) => read(impact))),
  );
}

function cut(rules: readonly string[], most: number): string {
  const more = rules.length > most ? [`and ${rules.length - most} more`] : [];
  return [...rules.slice(0, most), ...more].join(', ');
}

/** Lines: how many workloads of each group have each outcome. */
export function formatGroups(workloads: readonly WorkloadImpact[], grouping: Grouping): string[] {
  const groups = tallyBy(grouping, workloads);
  if (groups.length === 0) return [];
  const numbers = ['DENIED', 'LATER', 'WARNED', 'ADMITTED'] as const;
  return formatTable(
    [
      { heading: grouping.toUpperCase() },
      ...numbers.map((heading) => ({ heading, align: 'right' as const })),
    ],
    groups.map(({ name, denied, later, warned, admitted }) => [
      name,
      ...[denied, later, warned, admitted].map(String),
    ]),
  );
}
