// How amounts, times and prices are said to people.
import { formatQuantity, quantityOf, quantityOfMilli } from '../../quantity/index.ts';
import type { Advice } from '../../sizing/advice.ts';

const mebibyte = 2 ** 20;
const gibibyte = 2 ** 30;
const hourMs = 3_600_000;

/** What was used, as a quantity: whole millicores or mebibytes, rounded up; undefined where unknown. */
export function formatUsed(amount: number | undefined, resource: Advice['resource']): string | undefined {
  if (amount === undefined || !Number.isFinite(amount)) return undefined;
  if (resource === 'cpu') return formatQuantity(quantityOfMilli(Math.ceil(amount)));
  return formatQuantity(quantityOf(Math.ceil(amount / mebibyte) * mebibyte, 'binary'));
}

/** A sum of CPU in cores: `3`, `0.9`, `12.25`. */
export function formatCoreSum(millicores: number): string {
  return trim(millicores / 1000, Math.abs(millicores) < 1000 ? 3 : 2);
}

/** A sum of memory: `6Gi`, `1.55Gi`; under one of them in mebibytes. */
export function formatByteSum(bytes: number): string {
  if (bytes === 0) return '0';
  return Math.abs(bytes) < gibibyte ? `${trim(bytes / mebibyte, 0)}Mi` : `${trim(bytes / gibibyte, 2)}Gi`;
}

/** Two digits behind the point, always. */
export function formatPrice(amount: number): string {
  // Never `-0.00`.
  return (Math.round(amount * 100) / 100 + 0).toFixed(2);
}

const trim = (value: number, digits: number) => String(Number(value.toFixed(digits)));

/** `6 days`, `1 day`, `5 h`; rounded down, so that it never says more than was measured. Undefined where unknown. */
export function formatSpan({ fromMs, toMs }: Pick<Advice, 'fromMs' | 'toMs'>): string | undefined {
  if (fromMs === undefined || toMs === undefined) return undefined;
  const hours = Math.floor((toMs - fromMs) / hourMs);
  if (hours < 24) return hours < 1 ? 'under 1 h' : `${hours} h`;
  const days = Math.floor(hours / 24);
  return days === 1 ? '1 day' : `${days} days`;
}

/** `0.86, 6 days`; `1, OOM kill` for what rests on one, measured or not. */
export function formatConfidence(advice: Advice): string | undefined {
  if (advice.source === 'pod-status') return `${trim(advice.confidence, 2)}, OOM kill`;
  const span = formatSpan(advice);
  return span === undefined ? undefined : `${trim(advice.confidence, 2)}, ${span}`;
}

/** `0.3%`; what is there and would be rounded to nothing is `under 0.1%`. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return percent > 0 && percent < 0.05 ? 'under 0.1%' : `${trim(percent, 1)}%`;
}
