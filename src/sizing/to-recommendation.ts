// Advice as it stands in the status of a persona.
import { maxLineLength } from '../api/limits.ts';
import type { Recommendation } from '../api/personas.ts';
import { formatMeasured } from './advise/amounts.ts';
import type { Advice } from './advice.ts';

const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** As the CRD takes it: amounts to a whole `m` or `Mi`, a trend only where something was measured. */
export function toRecommendation(advice: Advice): Recommendation {
  const { resource, p95, peak, trend, fromMs, toMs, current, recommended, container } = advice;
  const amount = (value: number | undefined) => (value === undefined ? '' : formatMeasured(resource, value));
  return {
    id: advice.id.slice(0, maxLineLength),
    type: 'resource',
    priority: advice.priority,
    message: advice.message,
    action: advice.action,
    workload: `${advice.workload.kind}/${advice.workload.name}`.slice(0, maxLineLength),
    ...(dnsLabel.test(container) ? { container } : {}),
    resource,
    setting: advice.setting,
    ...(current === undefined ? {} : { current }),
    ...(recommended === undefined ? {} : { recommended }),
    ...(p95 === undefined ? {} : { p95: amount(p95) }),
    ...(peak === undefined ? {} : { peak: amount(peak) }),
    trend: trend.some((value) => value !== undefined) ? trend.map(amount) : [],
    ...(fromMs === undefined ? {} : { windowStart: formatTime(fromMs) }),
    ...(toMs === undefined ? {} : { windowEnd: formatTime(toMs) }),
    samples: advice.samples,
    confidence: String(Math.round(advice.confidence * 10_000) / 10_000),
    source: advice.source,
  };
}

function formatTime(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}Z`;
}
