// The nearest known word to a misspelt one, for the hints of errors.

/** Longer words are cut: a hint is not worth a quadratic search over foreign bytes. */
const LONGEST = 64;

/**
 * The candidate that is fewest edits away (insert, delete, replace, swap of neighbours), or undefined when none is near:
 * at most a third of the word's length, and at most 3 edits. Ties go to the first candidate.
 */
export function findNearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.slice(0, LONGEST).toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.min(3, Math.max(1, Math.floor(wanted.length / 3))) + 1;
  for (const candidate of candidates) {
    const distance = countEdits(wanted, candidate.slice(0, LONGEST).toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Optimal string alignment distance. */
function countEdits(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      current[column] = Math.min(
        read(last, column) + 1,
        read(current, column - 1) + 1,
        read(last, column - 1) + (left[row - 1] === right[column - 1] ? 0 : 1),
        isSwap(left, row, right, column) ? read(beforeLast, column - 2) + 1 : Infinity,
      );
    }
    beforeLast = last;
    last = current;
  }
  return read(last, right.length);
}

const read = (row: readonly number[], column: number) => row[column] ?? Infinity;

/** Whether the two characters that end here stand the other way round on the other side. */
function isSwap(left: string, row: number, right: string, column: number): boolean {
  if (row < 2 || column < 2) return false;
  return left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
}
