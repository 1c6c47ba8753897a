// One thing that is wrong with a persona, in words: where, what was expected, what was found.

/** A problem; `path` is written as kubectl writes it, such as `spec.networking.ports[0].port`. */
export interface PersonaProblem {
  readonly path: string;
  /** Fit to follow the path and a colon. */
  readonly message: string;
}

/** Prints a value that somebody else wrote: on one line, short, with nothing in it that a terminal would obey. */
export function showFound(value: unknown): string {
  const text = (JSON.stringify(value) as string | undefined) ?? 'nothing';
  const short = text.length > 80 ? `${text.slice(0, 77)}...` : text;
  return short.replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Prints a path of object keys and list indices. */
export function formatPath(segments: readonly (string | number)[]): string {
  return segments
    .map((segment, index) => {
      if (typeof segment === 'number') return `[${segment}]`;
      if (!/^[A-Za-z0-9_-]+$/.test(segment)) return `[${showFound(segment)}]`;
      return index === 0 ? segment : `.${segment}`;
    })
    .join('');
}
