// What -o json and -o yaml of `recommend` hold. docs/recommend.md describes every field.
import type { AdvisedWorkload, RecommendReport } from '../../cluster/recommend/recommended.ts';
import { sumRequests, type Change } from '../../cluster/recommend/sum-requests.ts';
import { groupAdvice, groupings, isReached, priceOf, sumAdvice, type Price, type Threshold } from '../../cluster/recommend/tally-advice.ts'; // prettier-ignore
import { priorities } from '../../api/vocabulary.ts';
import type { Advice } from '../../sizing/advice.ts';
import { formatPrice } from './amounts.ts';
import { toInstant } from './export-grid.ts';

/** How it was asked for. */
export interface DocumentOptions {
  threshold: Threshold | undefined;
  price: Price | undefined;
}

/** Sums first, then every workload with every piece of advice, then why others have none. */
export function toRecommendDocument(report: RecommendReport, { threshold, price }: DocumentOptions): object {
  const { origin, workloads, silences, count, withoutPersona, unseen } = report;
  const all = workloads.flatMap(({ advice }) => advice);
  const counted = priorities.map((priority) => [
    priority,
    all.filter((one) => one.priority === priority).length,
  ]);
  const { workloads: advised, replicas, ...change } = sumAdvice(workloads);
  return {
    origin,
    summary: {
      ...{ workloads: count, withoutPersona, advised, replicas },
      ...(Object.fromEntries(counted) as object),
      ...toChangeDocument(change, price),
      ...(threshold === undefined ? {} : { failOn: threshold, passed: !isReached(threshold, workloads) }),
    },
    by: Object.fromEntries(
      groupings.map((grouping) => [
        grouping,
        groupAdvice(grouping, workloads).map(({ name, workloads: members, replicas: pods, ...sums }) => ({
          ...{ name, workloads: members, replicas: pods },
          ...toChangeDocument(sums, price),
        })),
      ]),
    ),
    items: workloads.map((one) => toItem(one, price)),
    silent: silences,
    unseen: unseen.map(({ resource, message }) => ({ resource, message })),
  };
}

function toItem(advised: AdvisedWorkload, price: Price | undefined): object {
  const { namespace, workload, personas, team, replicas, advice, replay } = advised;
  const { apiVersion, kind, name } = workload;
  return {
    ...{ namespace, apiVersion, kind, name, personas, team, replicas },
    ...toChangeDocument(sumRequests([advised]), price),
    replay,
    advice: advice.map(toAdviceDocument),
  };
}

/** Requests over all replicas, in millicores and bytes. */
function toChangeDocument({ now, then }: Change, price: Price | undefined): object {
  const change = price && {
    estimatedMonthlyChange: Number(formatPrice(priceOf(then, price) - priceOf(now, price))),
  };
  return { requests: { now, advised: then }, ...change };
}

function toAdviceDocument(one: Advice): object {
  const { id, container, resource, setting, current, recommended, priority, message, action } = one;
  const { p95, peak, trend, fromMs, toMs, samples, confidence, source } = one;
  return {
    ...{ id, container, resource, setting, current, recommended, priority, message, action, p95, peak },
    trend: trend.map((value) => value ?? null),
    ...{ from: toInstant(fromMs), to: toInstant(toMs), samples, confidence, source },
  };
}
