// What `-o csv` has of each piece of advice, or of each group: amounts as Kubernetes writes them, and as numbers to compute with.
import type { AdvisedWorkload } from '../../cluster/recommend/recommended.ts';
import {
  groupAdvice,
  priceOf,
  type AdviceGroup,
  type Grouping,
  type Price,
} from '../../cluster/recommend/tally-advice.ts';
import { toAmount } from '../../cluster/recommend/sum-requests.ts';
import { formatPrice } from './amounts.ts';
import { priceChange, type AdviceRow } from './rows.ts';

type Cell = string | number | undefined;

/** By heading, from left to right. Amounts of CPU are millicores, those of memory bytes. */
const columns: Readonly<Record<string, (row: AdviceRow) => Cell>> = {
  namespace: ({ advised }) => advised.namespace,
  kind: ({ advised }) => advised.workload.kind,
  name: ({ advised }) => advised.workload.name,
  container: ({ advice }) => advice.container,
  resource: ({ advice }) => advice.resource,
  setting: ({ advice }) => advice.setting,
  now: ({ advice }) => advice.current,
  advice: ({ advice }) => advice.recommended,
  now_amount: ({ advice: { current, resource } }) => current && toAmount(current, resource),
  advice_amount: ({ advice: { recommended, resource } }) => recommended && toAmount(recommended, resource),
  p95_amount: ({ advice }) => advice.p95,
  peak_amount: ({ advice }) => advice.peak,
  confidence: ({ advice }) => advice.confidence,
  from: ({ advice }) => toInstant(advice.fromMs),
  to: ({ advice }) => toInstant(advice.toMs),
  samples: ({ advice }) => advice.samples,
  source: ({ advice }) => advice.source,
  priority: ({ advice }) => advice.priority,
  replicas: ({ advised }) => advised.replicas,
  team: ({ advised }) => advised.team,
  personas: ({ advised }) => advised.personas.join(' '),
  message: ({ advice }) => advice.message,
};

/** RFC 3339, in seconds. */
export function toInstant(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Headings and cells. */
interface Export {
  headings: string[];
  cells: (string | undefined)[][];
}

/** By heading, in millicores and bytes: sums of requests over all replicas. */
const sums: Readonly<Record<string, (group: AdviceGroup) => number>> = {
  workloads: ({ workloads }) => workloads,
  replicas: ({ replicas }) => replicas,
  cpu_now_amount: ({ now }) => now.cpuMillicores,
  cpu_advice_amount: ({ then }) => then.cpuMillicores,
  memory_now_amount: ({ now }) => now.memoryBytes,
  memory_advice_amount: ({ then }) => then.memoryBytes,
};

/** A row a team or namespace. */
export function toGroupExport(
  workloads: readonly AdvisedWorkload[],
  grouping: Grouping,
  price: Price | undefined,
): Export {
  return {
    headings: [grouping, ...Object.keys(sums), ...(price ? ['estimated_monthly_change'] : [])],
    cells: groupAdvice(grouping, workloads).map((group) => [
      group.name,
      ...Object.values(sums).map((read) => toText(read(group))),
      ...(price ? [formatPrice(priceOf(group.then, price) - priceOf(group.now, price))] : []),
    ]),
  };
}

/** A row a piece of advice. */
export function toExport(rows: readonly AdviceRow[], price: Price | undefined): Export {
  const entries = Object.entries(columns);
  const priced = (row: AdviceRow) => {
    const change = price && priceChange(row.advice, row.advised.replicas, price);
    return change === undefined ? undefined : formatPrice(change);
  };
  return {
    headings: [...entries.map(([heading]) => heading), ...(price ? ['estimated_monthly_change'] : [])],
    cells: rows.map((row) => [
      ...entries.map(([, read]) => toText(read(row))),
      ...(price ? [priced(row)] : []),
    ]),
  };
}

function toText(cell: Cell): string | undefined {
  return typeof cell === 'number' ? String(Number(cell.toFixed(3))) : cell;
}
