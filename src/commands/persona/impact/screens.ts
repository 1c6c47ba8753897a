// What `persona impact NAME` shows of each of its workloads: the answer, and every finding with its fix.
import type { ForetoldFinding, Outcome, WorkloadImpact } from '../../../cluster/impact/foretold.ts';
import { formatScreen } from '../status/layout.ts';
import { toFixLines } from '../status/issue-section.ts';
import type { Entry, Screen, Tone, Window } from '../status/screen-model.ts';
import { formatInstant, formatOutcome } from './words.ts';

const tones: Record<Outcome, Tone> = {
  denied: 'failing',
  later: 'warning',
  warned: undefined,
  admitted: undefined,
};

/** Lines of all of them, an empty one between two. */
export function formatScreens(workloads: readonly WorkloadImpact[], window: Window): string[] {
  return workloads.flatMap((impact, index) => [
    ...(index === 0 ? [] : ['']),
    ...formatScreen(toScreen(impact), window),
  ]);
}

function toScreen({
  kind,
  name,
  namespace,
  personas,
  mode,
  create,
  update,
  findings,
}: WorkloadImpact): Screen {
  return {
    title: `${kind}/${name} in ${namespace}: ${personas.length === 0 ? 'no persona' : `persona ${personas.join(', ')}`}`,
    state: mode,
    tone: undefined,
    rows: [
      { label: 'Applied anew', main: formatOutcome(create), tone: tones[create.outcome] },
      { label: 'Updated', main: `${formatOutcome(update)}, unless the update makes something new or worse` },
    ],
    sections:
      findings.length === 0
        ? []
        : [{ title: 'FINDINGS', summary: summarise(findings), entries: findings.map(toEntry) }],
  };
}

function summarise(findings: readonly ForetoldFinding[]): string {
  const count = (wanted: Outcome) => findings.filter(({ outcome }) => outcome === wanted).length;
  const lifted = findings.filter(({ exception }) => exception !== undefined).length;
  const parts = [
    [count('denied'), 'deny'],
    [count('later'), 'deny later'],
    [count('warned'), 'warn'],
    [lifted, 'lifted now'],
  ] as const;
  return parts.flatMap(([number, word]) => (number === 0 ? [] : [`${number} ${word}`])).join(', ');
}

function toEntry({ outcome, from, rule, message, field, suggestion, exception }: ForetoldFinding): Entry {
  return {
    label: from !== undefined ? formatInstant(from).slice(0, 10) : labelOf(outcome, exception !== undefined),
    tone: tones[outcome],
    topic: rule,
    text: message,
    below: [
      ...toFixLines(field, suggestion ?? ''),
      ...(exception === undefined
        ? []
        : [`lifted until ${formatInstant(exception.until)}: ${exception.reason}`]),
    ],
  };
}

function labelOf(outcome: Outcome, isLifted: boolean): string {
  if (isLifted) return 'lifted';
  return outcome === 'admitted' ? 'note' : outcome;
}
