// Time as windows of five minutes and days of 288 of them, by number since 1970 (UTC).
import { sampleWindowMs } from '../usage.ts';

/** Windows in a day. */
export const windowsPerDay = 86_400_000 / sampleWindowMs;

/** How many days are kept: today so far, and the seven before, so that Monday is still known on Sunday. */
export const daysKept = 8;

/** The number of the window that ends at `atMs`, or that `atMs` lies in. */
export function windowAt(atMs: number): number {
  return Math.ceil(atMs / sampleWindowMs) - 1;
}

/** When a window ends, in milliseconds since 1970. */
export function windowEndMs(window: number): number {
  return (window + 1) * sampleWindowMs;
}

/** The number of the day that a window lies in. */
export function dayOf(window: number): number {
  return Math.floor(window / windowsPerDay);
}
