// Kubernetes' int-or-percent, as in maxSurge: a count (`1`) or a share (`25%`), and what it comes to.

/** A count, or a share of a total in whole percent. */
export type IntOrPercent =
  { readonly kind: 'count'; readonly count: number } | { readonly kind: 'percent'; readonly percent: number };

/** The value, or the reason why it is none, fit to follow "is neither a count nor a percentage: ". */
export type IntOrPercentResult =
  { readonly ok: true; readonly value: IntOrPercent } | { readonly ok: false; readonly reason: string };

/** Largest count and percentage that is read: Kubernetes keeps them in 32 bits. */
const maxInt = 2 ** 31 - 1;

/** Parses a number, digits in text (a YAML author's quotes), or a percentage. Not negative. */
export function parseIntOrPercent(value: unknown): IntOrPercentResult {
  if (typeof value === 'number') return toCount(value);
  if (typeof value !== 'string')
    return refuse(`expected a number or text, found ${value === null ? 'null' : typeof value}`);
  const match = /^([0-9]{1,10})(%?)$/.exec(value);
  if (!match) return refuse('expected a count such as 1, or a percentage such as 25%');
  const number = Number(match[1]);
  if (match[2] === '') return toCount(number);
  return number > maxInt ? refuse(tooLarge) : { ok: true, value: { kind: 'percent', percent: number } };
}

const tooLarge = `expected at most ${maxInt}`;

function refuse(reason: string): IntOrPercentResult {
  return { ok: false, reason };
}

function toCount(count: number): IntOrPercentResult {
  if (!Number.isInteger(count) || count < 0) return refuse('a count has to be a whole number, 0 or more');
  return count > maxInt ? refuse(tooLarge) : { ok: true, value: { kind: 'count', count } };
}

/** What the value comes to of `total`. Kubernetes rounds maxSurge `up` and maxUnavailable `down`. */
export function resolveIntOrPercent(value: IntOrPercent, total: number, rounding: 'up' | 'down'): number {
  if (value.kind === 'count') return value.count;
  const share = (value.percent * total) / 100;
  return rounding === 'up' ? Math.ceil(share) : Math.floor(share);
}

/** Prints `1` or `25%`. */
export function formatIntOrPercent(value: IntOrPercent): string {
  return value.kind === 'count' ? `${value.count}` : `${value.percent}%`;
}
