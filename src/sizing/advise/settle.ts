// Request and limit together: what is advised never leaves a request above its limit.
import { compareQuantities } from '../../quantity/index.ts';
import type { Quantity } from '../../quantity/index.ts';
import { toQuantityOf } from './amounts.ts';
import type { Judged } from './verdict.ts';

/** Request and limit of one resource. */
export interface JudgedPair {
  request: Judged;
  limit: Judged;
}

/**
 * Where following one piece of advice alone would put the request above the limit, or move a request that is not written
 * down, the other is said as well, however small its difference; where there is nothing to say of the other, neither is.
 */
export function settlePair({ request, limit }: JudgedPair): JudgedPair {
  if (isInOrder(request, limit)) return { request, limit };
  const spoken = { request: speak(request), limit: speak(limit) };
  if (isInOrder(spoken.request, spoken.limit)) return spoken;
  return { request: hush(request), limit: hush(limit) };
}

function isInOrder(request: Judged, limit: Judged): boolean {
  if (request.silence !== undefined && limit.silence !== undefined) return true;
  if (request.silence !== undefined && request.isImplied) return false;
  const [low, high] = [afterwards(request), afterwards(limit)];
  return low === undefined || high === undefined || compareQuantities(low, high) <= 0;
}

/** What is set once the advice is followed. */
function afterwards({ silence, target, current, resource }: Judged): Quantity | undefined {
  if (silence !== undefined) return current;
  return target.kind === 'amount' ? toQuantityOf(resource, target.amount) : undefined;
}

function speak(judged: Judged): Judged {
  return judged.target.kind === 'silent' ? judged : { ...judged, silence: undefined };
}

function hush(judged: Judged): Judged {
  return { ...judged, silence: judged.silence ?? 'bounded' };
}
