// Adds up advice: for all workloads, and by team or namespace.
import { compareText } from '../../api/compare-text.ts';
import { priorities } from '../../api/vocabulary.ts';
import type { Advice } from '../../sizing/advice.ts';
import type { AdvisedWorkload } from './recommended.ts';
import { sumRequests, type Amounts, type Change } from './sum-requests.ts';

/** What workloads can be added up by. */
export const groupings = ['team', 'namespace'] as const;
export type Grouping = (typeof groupings)[number];

/** What --fail-on takes; `any` is the mildest. */
export const thresholds = ['high', 'medium', 'low', 'any'] as const;
export type Threshold = (typeof thresholds)[number];

/** Workloads with advice, added up. */
export interface AdviceGroup extends Change {
  /** The team (empty where nobody says) or the namespace. */
  name: string;
  workloads: number;
  replicas: number;
  /** How many pieces of advice there are. */
  advice: number;
}

/** Those with most to save come first, then by name. */
export function groupAdvice(grouping: Grouping, workloads: readonly AdvisedWorkload[]): AdviceGroup[] {
  const groups = Map.groupBy(workloads, (one) => (grouping === 'team' ? (one.team ?? '') : one.namespace));
  return [...groups]
    .map(([name, members]) => ({ ...sumAdvice(members), name }))
    .sort(
      (left, right) =>
        saved(right, 'cpuMillicores') - saved(left, 'cpuMillicores') ||
        saved(right, 'memoryBytes') - saved(left, 'memoryBytes') ||
        compareText(left.name, right.name),
    );
}

const saved = ({ now, then }: Change, amount: keyof Amounts) => now[amount] - then[amount];

/** All of them. */
export function sumAdvice(workloads: readonly AdvisedWorkload[]): Omit<AdviceGroup, 'name'> {
  return {
    ...sumRequests(workloads),
    workloads: workloads.length,
    replicas: workloads.reduce((sum, { replicas }) => sum + replicas, 0),
    advice: workloads.reduce((sum, { advice }) => sum + advice.length, 0),
  };
}

/** Whether there is advice of that priority or a higher one. */
export function isReached(threshold: Threshold, workloads: readonly AdvisedWorkload[]): boolean {
  const mildest = threshold === 'any' ? priorities.length : priorities.indexOf(threshold);
  const reaches = ({ priority }: Advice) => priorities.indexOf(priority) <= mildest;
  return workloads.some(({ advice }) => advice.some(reaches));
}

/** What a core and a GiB cost a month, in whatever currency the person has. */
export interface Price {
  cpu: number;
  memory: number;
}

/** A month's price of what is set aside: an estimate. */
export function priceOf({ cpuMillicores, memoryBytes }: Amounts, { cpu, memory }: Price): number {
  return (cpuMillicores / 1000) * cpu + (memoryBytes / 2 ** 30) * memory;
}
