// How sure advice is of what it was made of.
import { windowsPerDay } from './history/windows.ts';
import { sampleWindowMs } from './usage.ts';
import type { ContainerUsage } from './usage.ts';

const daysForCertainty = 7;

/** min(1, days covered / 7) x min(1, samples / (288 x days of the span)), to two decimals: 1 after a week without gaps. */
export function confidenceOf({ days, samples, fromMs, toMs }: ContainerUsage): number {
  const span = (toMs - fromMs + sampleWindowMs) / 86_400_000;
  const share = Math.min(1, days / daysForCertainty) * Math.min(1, samples / (windowsPerDay * span));
  return Math.round(share * 100) / 100;
}
