// A row of numbers as a row of characters, one each: how use went, in the width of a word.

/** What stands where nothing is known. */
const gap = ' ';

/** From nothing up to the largest of them; `levels` from little to much, one UTF-16 unit each. Empty where no number is known. */
export function formatSparkline(values: readonly (number | undefined)[], levels: string): string {
  const known = values.filter(isKnown);
  if (known.length === 0) return '';
  const most = Math.max(...known);
  return values.map((value) => (isKnown(value) ? chooseLevel(value, most, levels) : gap)).join('');
}

const isKnown = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value);

function chooseLevel(value: number, most: number, levels: string): string {
  const share = most <= 0 ? 0 : Math.max(0, value) / most;
  return levels.charAt(Math.min(levels.length - 1, Math.floor(share * levels.length)));
}
