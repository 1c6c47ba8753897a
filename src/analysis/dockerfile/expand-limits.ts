// What one Dockerfile may cost to evaluate, so that `ARG A=$A$A$A` ends in an error and not in a full memory.
import { createInvalid, quote, type Place } from './invalid.ts';

/** No value grows past this many characters. */
export const MAX_VALUE = 64 * 1024;
const MAX_WORK = 4 * 1024 * 1024;
/** `${a:-${b:-…}}` nests no deeper. */
export const MAX_NESTING = 64;

/** Counts the characters that an evaluation has written or compared. */
export class Budget {
  private left = MAX_WORK;

  /** Takes from the budget; throws DockerfileInvalid where it is spent. */
  spend(amount: number, place: Place): void {
    this.left -= amount;
    if (this.left < 0)
      throw createInvalid(
        place,
        'expected variables that can be evaluated in bounded work, found too many or too long ones',
        'Shorten the chain of ARG and ENV values.',
      );
  }

  /** Checks one value's length, and takes it from the budget. */
  checkValue(value: string, place: Place): string {
    if (value.length > MAX_VALUE)
      throw createInvalid(
        place,
        `expected a value of at most ${MAX_VALUE} characters, found ${value.length}: ${quote(value)}`,
        'Shorten the chain of ARG and ENV values.',
      );
    this.spend(value.length, place);
    return value;
  }
}
