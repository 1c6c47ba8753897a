// Which bucket of a CPU histogram a value falls into, and which value a bucket stands for.

/** Each bucket ends 3% above where it starts: what stands in its middle is within 1.5% of all of it, and the rest of 2% is for what scrapes miss. */
const growth = 1.03;

/** In millicores; what is less counts as nothing. */
const smallest = 0.1;

/** How many buckets there are: the last one starts at about ten thousand cores. */
export const bucketCount = 626;

const logGrowth = Math.log(growth);

/** Harmonic middle of a bucket over its lower end: the error is the same share at both ends. */
const middle = (2 * growth) / (1 + growth);

/** The bucket of `millicores`: 0 for next to nothing, then upwards. */
export function bucketOf(millicores: number): number {
  if (!(millicores >= smallest)) return 0;
  return Math.min(bucketCount - 1, 1 + Math.floor(Math.log(millicores / smallest) / logGrowth));
}

/** What a bucket stands for, in millicores. */
export function millicoresOf(bucket: number): number {
  return bucket <= 0 ? 0 : smallest * growth ** (bucket - 1) * middle;
}
