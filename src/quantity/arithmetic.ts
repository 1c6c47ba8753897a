// Exact arithmetic on quantities: compare, add, subtract, multiply.
import { divideRoundingUp } from './quantity.ts';
import type { Quantity } from './quantity.ts';

/** Negative if `left` is less, 0 if both are the same amount (`100m` and `0.1`), positive if it is more. */
export function compareQuantities(left: Quantity, right: Quantity): -1 | 0 | 1 {
  if (left.nano === right.nano) return 0;
  return left.nano < right.nano ? -1 : 1;
}

/** The sum; printed like `left`, or like `right` where `left` is zero, as Kubernetes does. */
export function addQuantities(left: Quantity, right: Quantity): Quantity {
  return { nano: left.nano + right.nano, format: left.nano === 0n ? right.format : left.format };
}

/** The difference, printed as {@link addQuantities} does. */
export function subtractQuantities(left: Quantity, right: Quantity): Quantity {
  return addQuantities(left, { ...right, nano: -right.nano });
}

/** Times `by / over`, rounded away from zero to a whole nano: `multiplyQuantity(p95, 115n, 100n)` adds 15%. `over` is positive. */
export function multiplyQuantity(quantity: Quantity, by: bigint, over = 1n): Quantity {
  return { nano: divideRoundingUp(quantity.nano * by, over), format: quantity.format };
}

/** The larger of two amounts, `left` where they are equal. */
export function maxQuantity(left: Quantity, right: Quantity): Quantity {
  return compareQuantities(left, right) >= 0 ? left : right;
}
