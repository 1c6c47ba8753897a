// Go's durations: `30s`, `1h2m3.5s`, `250ms`, read to milliseconds and printed as Go prints them.
import { remember } from './remember.ts';

/** Milliseconds, or the reason why the text is no duration, fit to follow "is not a duration: ". */
export type DurationResult =
  { readonly ok: true; readonly durationMs: number } | { readonly ok: false; readonly reason: string };

const maxDurationLength = 64;

/** Go counts nanoseconds in 63 bits: 292 years. */
const maxNanos = 2n ** 63n - 1n;

const nanosPer: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

// Both signs for micro, by their numbers: one letter beyond ASCII makes V8 keep the text of a whole bundle at twice its size.
const term = /([0-9]*)(?:\.([0-9]*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/g;

/** Parses as Go's time.ParseDuration does. Finer than a millisecond is kept as a fraction. */
export function parseDuration(value: unknown): DurationResult {
  if (typeof value !== 'string')
    return refuse(`expected text, found ${value === null ? 'null' : typeof value}`);
  if (value === '') return refuse('it is empty');
  if (value.length > maxDurationLength) return refuse(`expected at most ${maxDurationLength} characters`);
  return parseText(value);
}

const parseText = remember((text: string): DurationResult => {
  const nanos = sumTerms(text.replace(/^[+-]/, ''));
  if (nanos === undefined)
    return refuse('expected numbers with a unit of h, m, s or ms, such as 30s or 1h30m');
  if (nanos > maxNanos) return refuse('it is longer than 292 years');
  const durationMs = Number(nanos / 1_000_000n) + Number(nanos % 1_000_000n) / 1e6;
  return { ok: true, durationMs: text.startsWith('-') && nanos > 0n ? -durationMs : durationMs };
});

function refuse(reason: string): DurationResult {
  return { ok: false, reason };
}

/** The nanoseconds of `1h2m3.5s`; undefined where anything else than numbers with units is in it. */
function sumTerms(text: string): bigint | undefined {
  if (text === '0') return 0n;
  const terms = [...text.matchAll(term)];
  const isWhole = text !== '' && terms.map(([whole]) => whole).join('') === text;
  if (!isWhole || terms.some(([, integer = '', fraction = '']) => integer + fraction === ''))
    return undefined;
  return terms.reduce((sum, match) => sum + nanosOf(match), 0n);
}

function nanosOf([, integer = '', fraction = '', unit = '']: RegExpExecArray): bigint {
  return (BigInt(integer + fraction) * (nanosPer[unit] ?? 0n)) / 10n ** BigInt(fraction.length);
}

/** Prints milliseconds as Go prints a duration: `1h2m3.5s`, `30s`, `250ms`, `0s`. Rounded to whole microseconds. */
export function formatDuration(durationMs: number): string {
  const micros = BigInt(Math.round(Math.abs(durationMs) * 1000));
  if (micros === 0n) return '0s';
  const sign = durationMs < 0 ? '-' : '';
  if (micros < 1000n) return `${sign}${micros}µs`;
  if (micros < 1_000_000n) return `${sign}${formatDecimal(micros, 3)}ms`;
  const minutes = micros / 60_000_000n;
  const seconds = `${formatDecimal(micros % 60_000_000n, 6)}s`;
  if (minutes === 0n) return `${sign}${seconds}`;
  if (minutes < 60n) return `${sign}${minutes}m${seconds}`;
  return `${sign}${minutes / 60n}h${minutes % 60n}m${seconds}`;
}

function formatDecimal(value: bigint, decimals: number): string {
  const digits = value.toString().padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  const whole = digits.slice(0, -decimals);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
