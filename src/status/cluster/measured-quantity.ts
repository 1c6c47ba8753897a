// Quantities as a status may hold them: nothing negative, nothing of more digits than the schema takes.
import { formatQuantity, parseQuantity, type Quantity } from '../../quantity/index.ts';

const storable = /^[0-9]{1,19}([KMGTPE]i|[numkMGTPE]|e[+-]?[0-9]{1,2})?$/;

/** The canonical text; undefined for an amount that no cluster has. */
export function formatMeasured(quantity: Quantity): string | undefined {
  const text = formatQuantity(quantity);
  return storable.test(text) ? text : undefined;
}

/** A foreign amount; undefined for what is malformed, negative, or more than any cluster has. */
export function parseMeasured(value: unknown): Quantity | undefined {
  const result = parseQuantity(value);
  if (!result.ok || result.quantity.nano < 0n) return undefined;
  return formatMeasured(result.quantity) === undefined ? undefined : result.quantity;
}
