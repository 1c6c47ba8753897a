// Use as a status holds it: read back, and held where it has hardly moved, because it never stands still.
import type { ClusterPersonaStatus } from '../../api/personas.ts';
import {
  compareQuantities,
  multiplyQuantity,
  subtractQuantities,
  type Quantity,
} from '../../quantity/index.ts';
import { parseMeasured } from './measured-quantity.ts';
import type { Usage } from './resource-summary.ts';

/** A change of use by less than this share of what is allocatable is no news. */
export const quietPercent = 3;

/** The use that a status holds; undefined for none. */
export function readUsed({ resourceSummary = {} }: ClusterPersonaStatus = {}): Usage | undefined {
  const cpu = parseMeasured(resourceSummary.usedCPU);
  const memory = parseMeasured(resourceSummary.usedMemory);
  return cpu === undefined || memory === undefined ? undefined : { cpu, memory };
}

/** Whether neither CPU nor memory has moved by more than {@link quietPercent} of what the status says is allocatable. */
export function hasHardlyMoved(usage: Usage, status: ClusterPersonaStatus): boolean {
  const before = readUsed(status);
  const { allocatableCPU, allocatableMemory } = status.resourceSummary ?? {};
  if (before === undefined) return false;
  return (
    isNear(usage.cpu, before.cpu, parseMeasured(allocatableCPU)) &&
    isNear(usage.memory, before.memory, parseMeasured(allocatableMemory))
  );
}

function isNear(left: Quantity, right: Quantity, of: Quantity | undefined): boolean {
  if (of === undefined) return false;
  const [less, more] = compareQuantities(left, right) < 0 ? [left, right] : [right, left];
  const moved = subtractQuantities(more, less);
  return compareQuantities(multiplyQuantity(moved, 100n), multiplyQuantity(of, BigInt(quietPercent))) <= 0;
}
