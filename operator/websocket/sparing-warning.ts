// A warning that everybody's failure would repeat: written once in a while, with the number of times that it was not.
import type { LogFields, Logger } from '../manager/logger.ts';

/** When it is written. */
export interface SparingParts {
  logger: Pick<Logger, 'warn'>;
  /** Milliseconds of a clock that never goes back. */
  ticks: () => number;
  /** At most once in so long. */
  everyMs: number;
}

/** Warns, or counts; `unsaid` is how often it has only counted since it warned last. */
export function createSparingWarning(
  message: string,
  { logger, ticks, everyMs }: SparingParts,
): (fields: LogFields) => void {
  let saidAt = -Infinity;
  let unsaid = 0;
  return (fields) => {
    const now = ticks();
    if (now - saidAt < everyMs) {
      unsaid += 1;
      return;
    }
    logger.warn(message, unsaid === 0 ? fields : { ...fields, unsaid });
    saidAt = now;
    unsaid = 0;
  };
}
