// A short word for a part of a status, so that who has to know whether it changed need not keep it.
import { createHash } from 'node:crypto';
import { toComparableText } from './set-conditions.ts';

/** 22 characters; equal for parts that say the same, whatever the order of their fields; times that only date a change are left out. */
export function digestPart(part: unknown): string {
  return createHash('sha256').update(toComparableText(part)).digest('base64url').slice(0, 22);
}
