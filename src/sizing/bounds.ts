// Reads spec.sizing of a persona: whether there is advice, and within which bounds.
import { fieldAt } from '../api/foreign-fields.ts';
import { readAmount, toAmount } from './advise/amounts.ts';
import type { SizingBounds } from './advice.ts';

/** What a persona says about sizes. */
export interface SizingWishes {
  /** `mode: off`: nothing is advised, not even after a kill; it is measured all the same. */
  isOff: boolean;
  min: SizingBounds;
  max: SizingBounds;
}

/** Reads `spec.sizing`; what is absent or cannot be read bounds nothing. YAML 1.1 reads a bare `off` as false: that is off too. */
export function parseBounds(sizing: unknown): SizingWishes {
  const mode = fieldAt(sizing, 'mode');
  return {
    isOff: mode === 'off' || mode === false,
    min: readBounds(fieldAt(sizing, 'min')),
    max: readBounds(fieldAt(sizing, 'max')),
  };
}

function readBounds(value: unknown): SizingBounds {
  const cpu = readAmount(fieldAt(value, 'cpu'));
  const memory = readAmount(fieldAt(value, 'memory'));
  return {
    cpuMillicores: cpu && toAmount('cpu', cpu),
    memoryBytes: memory && toAmount('memory', memory),
  };
}
