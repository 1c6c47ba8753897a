// One row a piece of advice, and the columns that tables, CSV and Markdown show of it.
import type { AdvisedWorkload } from '../../cluster/recommend/recommended.ts';
import { changeOf } from '../../cluster/recommend/sum-requests.ts';
import { priceOf, type Price } from '../../cluster/recommend/tally-advice.ts';
import type { Advice } from '../../sizing/advice.ts';
import { formatSparkline } from '../../ui/sparkline.ts';
import type { Column } from '../../ui/table.ts';
import { formatConfidence, formatPrice, formatUsed } from './amounts.ts';

/** A piece of advice and whose it is. */
export interface AdviceRow {
  advised: AdvisedWorkload;
  advice: Advice;
}

/** Which columns there are. */
export interface RowLook {
  hasNamespace: boolean;
  /** Also priority, replicas, team, source and why. */
  isWide: boolean;
  price: Price | undefined;
  /** Of the little curves. */
  levels: string;
}

/** A column, and what stands in it. */
export interface AdviceColumn extends Column {
  read: (row: AdviceRow) => string | undefined;
}

/** A row for each piece, in the order of the report. */
export function toRows(workloads: readonly AdvisedWorkload[]): AdviceRow[] {
  return workloads.flatMap((advised) => advised.advice.map((advice) => ({ advised, advice })));
}

/** From left to right. */
export function chooseColumns({ hasNamespace, isWide, price, levels }: RowLook): AdviceColumn[] {
  return [
    ...(hasNamespace ? [namespace] : []),
    ...subject,
    {
      heading: 'LAST 24 H',
      read: ({ advice }) => formatSparkline(advice.trend, levels),
    },
    ...numbers,
    ...(price === undefined ? [] : [createPriceColumn(price)]),
    ...(isWide ? wide : []),
  ];
}

const namespace: AdviceColumn = { heading: 'NAMESPACE', read: ({ advised }) => advised.namespace };

const subject: readonly AdviceColumn[] = [
  { heading: 'NAME', read: ({ advised: { workload } }) => nameWorkload(workload) },
  { heading: 'CONTAINER', read: ({ advice }) => advice.container },
  { heading: 'RESOURCE', read: ({ advice }) => `${advice.resource} ${advice.setting}` },
  { heading: 'NOW', read: ({ advice }) => advice.current },
  { heading: 'ADVICE', read: ({ advice }) => advice.recommended ?? 'unset' },
];

const numbers: readonly AdviceColumn[] = [
  { heading: 'P95', read: ({ advice }) => formatUsed(advice.p95, advice.resource) },
  { heading: 'PEAK', read: ({ advice }) => formatUsed(advice.peak, advice.resource) },
  { heading: 'CONFIDENCE', read: ({ advice }) => formatConfidence(advice) },
];

const wide: readonly AdviceColumn[] = [
  { heading: 'PRIORITY', read: ({ advice }) => advice.priority },
  { heading: 'REPLICAS', read: ({ advised }) => String(advised.replicas) },
  { heading: 'TEAM', read: ({ advised }) => advised.team },
  { heading: 'SOURCE', read: ({ advice }) => advice.source },
  { heading: 'WHY', read: ({ advice }) => advice.message },
];

/** Deployments are what most are, and go without their kind: `shop`, `statefulset/db`. */
export function nameWorkload({ kind, name }: { kind: string; name: string }): string {
  return kind === 'Deployment' ? name : `${kind.toLowerCase()}/${name}`;
}

function createPriceColumn(price: Price): AdviceColumn {
  return {
    heading: 'MONTH (EST.)',
    align: 'right',
    read: ({ advised, advice }) => {
      const change = priceChange(advice, advised.replicas, price);
      return change === undefined ? undefined : formatPrice(change);
    },
  };
}

/** What it changes a month, estimated: negative is less. Undefined for limits, which set nothing aside. */
export function priceChange(advice: Advice, replicas: number, price: Price): number | undefined {
  if (advice.setting === 'limit') return undefined;
  const change = changeOf(advice, replicas);
  const none = { cpuMillicores: 0, memoryBytes: 0 };
  return priceOf({ ...none, ...(advice.resource === 'cpu' ? { cpuMillicores: change } : { memoryBytes: change }) }, price); // prettier-ignore
}
