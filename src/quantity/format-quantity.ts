// Prints a quantity in Kubernetes' canonical form: the largest suffix that leaves a whole number.
import { nanosPerUnit } from './quantity.ts';
import type { Quantity } from './quantity.ts';

const decimalSuffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/**
 * The canonical text: `0.5` gives `500m`, `1024Mi` gives `1Gi`, `1e3` stays an exponent. Binary amounts under 1Ki or with
 * a fraction are printed decimal, as Kubernetes does. Amounts over 999E keep the suffix E (Kubernetes loses their zeros).
 */
export function formatQuantity({ nano, format }: Quantity): string {
  if (nano === 0n) return '0';
  if (format === 'binary' && isPrintedBinary(nano)) return formatBinary(nano / nanosPerUnit);
  const { mantissa, thousands } = removeThousands(
    nano,
    format === 'exponent' ? Infinity : decimalSuffixes.length - 1,
  );
  if (format !== 'exponent') return `${mantissa}${decimalSuffixes[thousands] ?? ''}`;
  const exponent = thousands * 3 - 9;
  return exponent === 0 ? `${mantissa}` : `${mantissa}e${exponent}`;
}

function isPrintedBinary(nano: bigint): boolean {
  const isWhole = nano % nanosPerUnit === 0n;
  const size = nano < 0n ? -nano : nano;
  return isWhole && size >= 1024n * nanosPerUnit;
}

function formatBinary(units: bigint): string {
  let mantissa = units;
  let power = 0;
  while (mantissa % 1024n === 0n && power < binarySuffixes.length - 1) {
    mantissa /= 1024n;
    power += 1;
  }
  return `${mantissa}${binarySuffixes[power] ?? ''}`;
}

function removeThousands(nano: bigint, most: number): { mantissa: bigint; thousands: number } {
  let mantissa = nano;
  let thousands = 0;
  while (mantissa % 1000n === 0n && thousands < most) {
    mantissa /= 1000n;
    thousands += 1;
  }
  return { mantissa, thousands };
}
