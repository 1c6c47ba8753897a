// How long certificates live, and when by the wall clock they are to be replaced.

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Durations in milliseconds. */
export interface Lifetimes {
  authorityMs: number;
  leafMs: number;
  /** Certificates begin so long before they are made: clocks of others may be behind. */
  backdateMs: number;
  /**
   * So long a new CA stands in the bundle before what is served is signed by it: the bundle travels to API servers at once, into pods that mount the
   * ConfigMap within two minutes.
   */
  settleMs: number;
}

/** What the operator runs with. */
export const defaultLifetimes: Lifetimes = {
  authorityMs: 365 * dayMs,
  leafMs: 7 * dayMs,
  backdateMs: hourMs,
  settleMs: 2 * minuteMs,
};

/** From when until when, milliseconds since the epoch. */
export interface Validity {
  notBefore: number;
  notAfter: number;
}

/** Whether clients whose clock is ours take it now. */
export function isAlive({ notBefore, notAfter }: Validity, now: number): boolean {
  return notBefore <= now && now < notAfter;
}

/** Two thirds of its life are over, or it is none of this time: a clock that was set, a machine that slept. */
export function isDue(validity: Validity, now: number, { backdateMs }: Lifetimes): boolean {
  const { notBefore, notAfter } = validity;
  const madeAt = Math.min(notBefore + backdateMs, notAfter);
  return !isAlive(validity, now) || now >= madeAt + ((notAfter - madeAt) * 2) / 3;
}
