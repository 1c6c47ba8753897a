// ADVICE: what could be better, most valuable first, with the numbers behind it.
import type { Recommendation } from '../../../api/personas.ts';
import { priorities } from '../../../api/vocabulary.ts';
import type { Section } from './screen-model.ts';

/** Undefined where there is none. */
export function listAdvice(recommendations: readonly Recommendation[]): Section | undefined {
  if (recommendations.length === 0) return undefined;
  const sorted = recommendations.toSorted(
    (left, right) => priorities.indexOf(left.priority) - priorities.indexOf(right.priority),
  );
  const counts = priorities
    .map((priority) => [priority, sorted.filter((one) => one.priority === priority).length] as const)
    .filter(([, count]) => count > 0)
    .map(([priority, count]) => `${count} ${priority}`);
  return {
    title: 'ADVICE',
    summary: counts.join(', '),
    entries: sorted.map(({ priority, type, message, action }) => ({
      label: priority,
      topic: type,
      text: message,
      below: action === undefined || action === '' ? [] : [action],
    })),
  };
}
