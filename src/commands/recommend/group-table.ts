// `recommend --by`: what teams or namespaces ask for, and what they would under the advice.
import {
  groupAdvice,
  priceOf,
  type AdviceGroup,
  type Grouping,
  type Price,
} from '../../cluster/recommend/tally-advice.ts';
import type { AdvisedWorkload } from '../../cluster/recommend/recommended.ts';
import type { Column } from '../../ui/table.ts';
import { formatByteSum, formatCoreSum, formatPrice } from './amounts.ts';

/** Headings and cells. */
export interface Grid {
  columns: readonly Column[];
  rows: readonly (readonly (string | undefined)[])[];
}

/** A row a group, those with most to save first. */
export function toGroupGrid(
  workloads: readonly AdvisedWorkload[],
  grouping: Grouping,
  price: Price | undefined,
): Grid {
  const right = (heading: string): Column => ({ heading, align: 'right' });
  return {
    columns: [
      { heading: grouping.toUpperCase() },
      ...['WORKLOADS', 'REPLICAS', 'CPU NOW', 'CPU ADVICE', 'MEMORY NOW', 'MEMORY ADVICE'].map(right),
      ...(price === undefined ? [] : [right('MONTH (EST.)')]),
    ],
    rows: groupAdvice(grouping, workloads).map((group) => toCells(group, price)),
  };
}

function toCells({ name, workloads, replicas, now, then }: AdviceGroup, price: Price | undefined): string[] {
  return [
    name,
    String(workloads),
    String(replicas),
    formatCoreSum(now.cpuMillicores),
    formatCoreSum(then.cpuMillicores),
    formatByteSum(now.memoryBytes),
    formatByteSum(then.memoryBytes),
    ...(price === undefined ? [] : [formatPrice(priceOf(then, price) - priceOf(now, price))]),
  ];
}
