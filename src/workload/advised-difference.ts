// From which difference on between what a container has and what it should have anybody speaks: advice and the rule that holds workloads to it alike.
import { compareQuantities, multiplyQuantity, toQuantity, type Quantity } from '../quantity/index.ts';

/** Smaller shares of what is set are noise, in percent. */
export const leastSharePercent = 10;

/** Smaller amounts are not worth a rollout, however large a share they are. */
export const leastAmounts = { cpu: toQuantity('25m'), memory: toQuantity('32Mi') } as const;

/** Whether what is set and what is advised are far enough apart: by a tenth of what is set, and by 25m of CPU or 32Mi of memory. */
export function isWorthSaying(
  resource: keyof typeof leastAmounts,
  current: Quantity,
  recommended: Quantity,
): boolean {
  const apart = current.nano - recommended.nano;
  const difference: Quantity = { ...current, nano: apart < 0n ? -apart : apart };
  const share = multiplyQuantity(current, BigInt(leastSharePercent), 100n);
  return (
    compareQuantities(difference, share) >= 0 && compareQuantities(difference, leastAmounts[resource]) >= 0
  );
}
