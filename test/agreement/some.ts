// Objects with gaps.
import fc from 'fast-check';

/** Some of the fields, each left out now and then. */
export function some(fields: Readonly<Record<string, fc.Arbitrary<unknown>>>) {
  return fc.record(fields, { requiredKeys: [] });
}
