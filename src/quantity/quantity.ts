// What a Kubernetes quantity is, exactly: a whole number of nanos, and the family of suffix it is printed with.

/** Which suffixes a quantity is printed with: `decimal` n to E, `binary` Ki to Ei, `exponent` e3, e6, … */
export type QuantityFormat = 'decimal' | 'binary' | 'exponent';

/** An exact amount: `nano` is the value times 10^9, as Kubernetes keeps nothing finer. */
export interface Quantity {
  readonly nano: bigint;
  readonly format: QuantityFormat;
}

/** How many nanos make one. */
export const nanosPerUnit = 1_000_000_000n;

/** Divides and rounds away from zero, as Kubernetes rounds every quantity. `by` is positive. */
export function divideRoundingUp(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  if (value % by === 0n) return quotient;
  return value > 0n ? quotient + 1n : quotient - 1n;
}

/** A quantity of `count` whole units: bytes, cores, objects. */
export function quantityOf(count: bigint | number, format: QuantityFormat = 'decimal'): Quantity {
  return { nano: BigInt(count) * nanosPerUnit, format };
}

/** A quantity of `count` thousandths: millicores. */
export function quantityOfMilli(count: bigint | number): Quantity {
  return { nano: BigInt(count) * 1_000_000n, format: 'decimal' };
}

/** The whole units (bytes, cores), rounded away from zero as Kubernetes' `Value()` does. */
export function toWholeUnits(quantity: Quantity): bigint {
  return divideRoundingUp(quantity.nano, nanosPerUnit);
}

/** The thousandths (millicores), rounded away from zero as Kubernetes' `MilliValue()` does. */
export function toMilliUnits(quantity: Quantity): bigint {
  return divideRoundingUp(quantity.nano, 1_000_000n);
}
