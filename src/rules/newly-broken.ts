// What an update makes new or worse: an object that is already broken can be mended step by step.
import { severities } from '../api/vocabulary.ts';
import type { Finding } from './finding.ts';

/**
 * The findings of `after` that `before` does not have, or has less gravely. The same finding is one of the same rule, object, container, subject and
 * field; indices do not count, because a container or variable that is added moves those behind it.
 */
export function findNewOrWorse(before: readonly Finding[], after: readonly Finding[]): Finding[] {
  const known = new Map<string, number[]>();
  for (const finding of before) {
    const key = keyOf(finding);
    known.set(
      key,
      [...(known.get(key) ?? []), rankOf(finding)].sort((left, right) => left - right),
    );
  }
  return [...after]
    .sort((left, right) => rankOf(left) - rankOf(right))
    .filter((finding) => {
      const ranks = known.get(keyOf(finding)) ?? [];
      const at = ranks.findIndex((rank) => rank <= rankOf(finding));
      if (at >= 0) ranks.splice(at, 1);
      return at < 0;
    });
}

// A finding that an exception lifted counts less than any other: when its date comes, the next update is asked.
function rankOf({ severity, exception }: Finding): number {
  return exception === undefined ? severities.indexOf(severity) : severities.length;
}

function keyOf({ rule, object = '', container = '', subject = '', field }: Finding): string {
  return JSON.stringify([rule, object, container, subject, field.replace(/\[[0-9]+\]/g, '[]')]);
}
