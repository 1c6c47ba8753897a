// One part of what is discovered: read, or not and why. A part that could not be read takes nothing away from the others.

/** The value, or why there is none: `nodes is forbidden: User "x" cannot list resource …`, the server's own words. */
export type Part<T> = { readonly value: T } | { readonly failure: string };

/** The value, or `fallback` where it could not be read. */
export function valueOf<T, F>(part: Part<T>, fallback: F): T | F {
  return 'value' in part ? part.value : fallback;
}

/** Why it could not be read; undefined where it was. */
export function failureOf(part: Part<unknown>): string | undefined {
  return 'failure' in part ? part.failure : undefined;
}
