// Reads a Kubernetes quantity such as `250m`, `0.5`, `64Mi` or `1e3`; foreign text gives a reason, never an exception.
import { divideRoundingUp, nanosPerUnit } from './quantity.ts';
import type { Quantity, QuantityFormat } from './quantity.ts';
import { remember } from './remember.ts';

/** A quantity, or the reason why the text is none, fit to follow "is not a quantity: ". */
export type QuantityResult =
  { readonly ok: true; readonly quantity: Quantity } | { readonly ok: false; readonly reason: string };

/** The longest text that is read; Kubernetes has no limit, no honest quantity needs more. */
export const maxQuantityLength = 64;

/** The largest power of ten that is read, either way. Kubernetes takes more, and then computes with it. */
export const maxQuantityExponent = 99;

const shape = /^([+-]?)([0-9]*)(?:\.([0-9]*))?([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$/;

const decimalExponents: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};

/** Above this Kubernetes caps what carries a binary suffix: 2^63 - 1. */
const binaryCap = (2n ** 63n - 1n) * nanosPerUnit;

/**
 * Parses as Kubernetes does: finer than a nano is rounded away from zero, a binary amount over 2^63-1 is capped.
 * Stricter in two things: there has to be a digit (Kubernetes reads `m` as 0), and length and exponent are bounded.
 * Whole numbers are taken too, because YAML's `cpu: 1` is one.
 */
export function parseQuantity(value: unknown): QuantityResult {
  if (typeof value === 'number') return parseWholeNumber(value);
  if (typeof value !== 'string')
    return refuse(`expected text, found ${value === null ? 'null' : typeof value}`);
  if (value.length > maxQuantityLength) {
    return refuse(`expected at most ${maxQuantityLength} characters, found ${value.length}`);
  }
  return parseText(value);
}

const parseText = remember((text: string): QuantityResult => {
  const match = shape.exec(text);
  return match ? scaleMatch(match, text) : refuse(whyNotShaped(text));
});

function scaleMatch(
  [, sign, integer = '', fraction = '', suffix = '']: RegExpExecArray,
  value: string,
): QuantityResult {
  if (integer + fraction === '') return refuse(whyNotShaped(value));
  const magnitude = scale(BigInt(integer + fraction), fraction.length, suffix);
  if (!magnitude) return refuse(`the exponent is beyond ${maxQuantityExponent}`);
  return { ok: true, quantity: { ...magnitude, nano: sign === '-' ? -magnitude.nano : magnitude.nano } };
}

/** Parses text that is known to be a quantity: our own constants, validated fields. Throws RangeError on anything else. */
export function toQuantity(value: string | number): Quantity {
  const result = parseQuantity(value);
  if (!result.ok) throw new RangeError(`${JSON.stringify(value)} is not a quantity: ${result.reason}`);
  return result.quantity;
}

/** Whether Kubernetes, and we, can read the value as a quantity. */
export function isQuantity(value: unknown): value is string | number {
  return parseQuantity(value).ok;
}

function parseWholeNumber(value: number): QuantityResult {
  if (!Number.isSafeInteger(value))
    return refuse('a number has to be whole; write fractions as text, like "0.5"');
  return { ok: true, quantity: { nano: BigInt(value) * nanosPerUnit, format: 'decimal' } };
}

function refuse(reason: string): QuantityResult {
  return { ok: false, reason };
}

function whyNotShaped(value: string): string {
  if (value === '') return 'it is empty';
  if (value.trim() !== value) return 'it has white space around it';
  if (/^[+-]?[0-9.]+(K|[kmgtp]i|[kmgt]?[bB]|[KMGT]i?B)$/.test(value)) {
    return 'its suffix is none of n u m k M G T P E Ki Mi Gi Ti Pi Ei';
  }
  return 'expected digits and a suffix, such as 250m, 0.5 or 64Mi';
}

function scale(unscaled: bigint, decimals: number, suffix: string): Quantity | undefined {
  if (suffix.endsWith('i')) {
    const power = 'KMGTPE'.indexOf(suffix.charAt(0)) + 1;
    return scaleBinary(unscaled * 1024n ** BigInt(power), decimals);
  }
  const hasExponent = suffix.length > 1;
  const exponent = hasExponent ? Number(suffix.slice(1)) : (decimalExponents[suffix] ?? 0);
  if (Math.abs(exponent) > maxQuantityExponent) return undefined;
  return { nano: shift(unscaled, exponent - decimals + 9), format: hasExponent ? 'exponent' : 'decimal' };
}

function scaleBinary(unscaled: bigint, decimals: number): Quantity {
  const exact = shift(unscaled, 9 - decimals);
  const nano = exact > binaryCap ? binaryCap : exact;
  const format: QuantityFormat = nano > 0n && nano < nanosPerUnit ? 'decimal' : 'binary';
  return { nano, format };
}

/** Times ten to the `power`, rounded up where digits fall off the end. */
function shift(value: bigint, power: number): bigint {
  if (power >= 0) return value * 10n ** BigInt(power);
  return divideRoundingUp(value, 10n ** BigInt(-power));
}
