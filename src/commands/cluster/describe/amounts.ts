// Amounts of a cluster in a few characters: cores with one decimal, bytes in the largest unit that leaves a readable number.
import { parseQuantity, type Quantity } from '../../../quantity/index.ts';

const units = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** `46.5` of `46500m`; undefined for what is no quantity. */
export function formatCores(text: string | undefined): string | undefined {
  const quantity = read(text);
  return quantity && formatTenths(quantity.nano, 1_000_000_000n);
}

/** `184Gi`, `97.3Gi`, `1.2Ti`; undefined for what is no quantity. */
export function formatBytes(text: string | undefined): string | undefined {
  const quantity = read(text);
  if (quantity === undefined) return undefined;
  let power = 0;
  let size = 1_000_000_000n;
  while (power < units.length - 1 && quantity.nano >= size * 1024n) {
    power += 1;
    size *= 1024n;
  }
  return `${formatTenths(quantity.nano, size)}${units[power] ?? ''}`;
}

function read(text: string | undefined): Quantity | undefined {
  const result = parseQuantity(text);
  return result.ok && result.quantity.nano >= 0n ? result.quantity : undefined;
}

/** One decimal under 100, none above; rounded half up. */
function formatTenths(nano: bigint, size: bigint): string {
  const tenths = (nano * 20n + size) / (size * 2n);
  if (tenths >= 1000n) return `${(tenths + 5n) / 10n}`;
  return tenths % 10n === 0n ? `${tenths / 10n}` : `${tenths / 10n}.${tenths % 10n}`;
}

/** Used of what there is, in whole percent; undefined where either is unknown or there is nothing. */
export function sharePercent(used: string | undefined, of: string | undefined): number | undefined {
  const [part, whole] = [read(used), read(of)];
  if (part === undefined || whole === undefined || whole.nano === 0n) return undefined;
  return Number((part.nano * 200n + whole.nano) / (whole.nano * 2n));
}
