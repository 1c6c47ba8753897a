// What an unquoted word of YAML means to kubectl: YAML 1.1 as its library reads it, so that 0644 is 420 and `yes` is true.

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    (word) => [word, true] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (word) => [word, false] as const,
  ),
]);

const INTEGER = /^[-+]?(?:0|[1-9][0-9]*)$/;
const RADIX = /^([-+]?)0(?:([xX])([0-9a-fA-F]+)|([bB])([01]+)|[oO]?([0-7]+))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** Longer than any number that a program holds. */
const LONGEST_NUMBER = 400;

/** The value of a plain scalar. Numbers that JavaScript cannot hold exactly stay the text that was written. */
export function resolvePlain(source: string): string | number | boolean | null {
  const constant = CONSTANTS.get(source);
  if (constant !== undefined) return constant;
  if (source.length > LONGEST_NUMBER || !/^[-+.0-9]/.test(source)) return source;
  return resolveNumber(source.replaceAll('_', '')) ?? source;
}

function resolveNumber(digits: string): number | undefined {
  if (INTEGER.test(digits)) return exactly(Number(digits));
  const radix = RADIX.exec(digits);
  if (radix !== null) {
    const [, sign, , hexadecimal, , binary, octal] = radix;
    const [figures, base] =
      hexadecimal !== undefined ? [hexadecimal, 16] : binary !== undefined ? [binary, 2] : [octal ?? '0', 8];
    return exactly(Number.parseInt(`${sign ?? ''}${figures}`, base));
  }
  if (!FLOAT.test(digits)) return undefined;
  const value = Number(digits);
  return Number.isFinite(value) ? value : undefined;
}

const exactly = (value: number) => (Number.isSafeInteger(value) ? value + 0 : undefined);
