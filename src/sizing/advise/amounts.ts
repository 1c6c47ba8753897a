// Millicores and bytes as quantities, and what a container has set now.
import {
  formatQuantity,
  multiplyQuantity,
  parseQuantity,
  quantityOf,
  quantityOfMilli,
} from '../../quantity/index.ts';
import type { Quantity } from '../../quantity/index.ts';
import type { ResourceSettings } from '../../workload/workload.ts';

/** What advice is about. */
export type SizedResource = 'cpu' | 'memory';
export type SizedSetting = 'request' | 'limit';

const mebibyte = 1024 * 1024;

/** Whole millicores, or bytes. */
export function toQuantityOf(resource: SizedResource, amount: number): Quantity {
  const whole = Math.ceil(amount - 1e-6);
  return resource === 'cpu' ? quantityOfMilli(whole) : quantityOf(whole, 'binary');
}

/** Millicores, or bytes. */
export function toAmount(resource: SizedResource, { nano }: Quantity): number {
  return Number(nano) / (resource === 'cpu' ? 1e6 : 1e9);
}

/** An amount as people write it: `250m`, `1`, `384Mi`. */
export function formatAmount(resource: SizedResource, amount: number): string {
  return formatQuantity(toQuantityOf(resource, amount));
}

/** What was measured, to a whole `m` or `Mi`, rounded up. */
export function formatMeasured(resource: SizedResource, amount: number): string {
  const step = resource === 'cpu' ? 1 : mebibyte;
  return formatAmount(resource, Math.ceil(amount / step - 1e-9) * step);
}

/** Rounded up to whole steps; a hair over one is that one. */
export function roundUpTo(step: number, amount: number): number {
  return Math.ceil(amount / step - 1e-9) * step;
}

/** What is set; what cannot be read, is negative or zero counts as unset. A request that is left out is the limit, as Kubernetes has it. */
export function currentOf(
  resources: ResourceSettings,
  resource: SizedResource,
  setting: SizedSetting,
): Quantity | undefined {
  const limit = readAmount(resources.limits.get(resource));
  if (setting === 'limit') return limit;
  const request = resources.requests.get(resource);
  return request === undefined || request === null ? limit : readAmount(request);
}

/** A positive amount as the API server reads it; undefined for everything else. */
export function readAmount(value: unknown): Quantity | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  const result = parseQuantity(typeof text === 'string' ? text.trim() : text);
  return result.ok && result.quantity.nano > 0n ? result.quantity : undefined;
}

/** A share of an amount. */
export function shareOf(quantity: Quantity, share: number): Quantity {
  return multiplyQuantity(quantity, BigInt(Math.round(share * 10_000)), 10_000n);
}
