// Says in one sentence what two sources disagree about, and which one is used.
import type { Conflict } from './application.ts';
import type { Evidence, Fact } from './fact.ts';

/** One conflict naming every other value once, or none where all agree. */
export function describeConflict<T>(
  component: string,
  fact: string,
  chosen: Fact<T>,
  candidates: readonly Fact<T>[],
): Conflict[] {
  const others = candidates.filter((other, at) => {
    const first = candidates.findIndex((one) => one.value === other.value);
    return other.value !== chosen.value && first === at;
  });
  if (others.length === 0) return [];
  const said = [...others, chosen].map((one) => `${formatPlace(one.evidence)} says ${String(one.value)}`);
  return [
    {
      component,
      fact,
      chosen: { value: chosen.value, evidence: chosen.evidence },
      others: others.map(({ value, evidence }) => ({ value, evidence })),
      message: `${said.join(', ')}: ${String(chosen.value)} is used`,
    },
  ];
}

/** `Dockerfile:14`, or `Dockerfile` where the file as a whole is the evidence. */
export function formatPlace(evidence: readonly Evidence[]): string {
  const first = evidence[0];
  if (!first) return 'analysis';
  return first.line === undefined ? first.file : `${first.file}:${first.line}`;
}
