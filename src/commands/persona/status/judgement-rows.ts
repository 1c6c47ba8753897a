// The rows that say whether the application is well, who says so, and what could not be seen.
import { readyReasons } from '../../../api/conditions.ts';
import type { Condition } from '../../../api/personas.ts';
import { findReady, type PersonaReport } from '../../../cluster/inspect-persona.ts';
import { isUnderWay } from '../../../status/troubles.ts';
import { formatAgeOf } from '../../../ui/age.ts';
import type { Row, Tone } from './screen-model.ts';

/** Ready, Validated, who judged, what contradicts it, what could not be read. */
export function listJudgementRows(report: PersonaReport, { now }: { now: Date }): Row[] {
  return [
    ...listConditionRows(report, now),
    ...listJudgeRow(report),
    ...listDisagreement(report, now),
    ...listUnseen(report),
  ];
}

/** How to see why nobody has looked. */
const OPERATOR_QUESTION = 'kubectl get pods -A -l app.kubernetes.io/name=dorgu-operator';

function listJudgeRow({ persona, judgedBy }: PersonaReport): Row[] {
  if (judgedBy === 'operator') return [];
  const { observedGeneration } = persona.status ?? {};
  const main =
    observedGeneration === undefined
      ? 'from here: no operator has looked at it'
      : `from here: the operator saw version ${observedGeneration} of ${persona.metadata.generation ?? 'this'}`;
  return [{ label: 'Judged', main, side: OPERATOR_QUESTION }];
}

function listDisagreement({ status, disagreement }: PersonaReport, now: Date): Row[] {
  if (disagreement === undefined) return [];
  const age = formatAgeOf(status.lastUpdated, now);
  return [
    {
      label: 'Live',
      main: `${disagreement.phase}: ${disagreement.message}`,
      tone: 'warning',
      side: `the operator's word above is ${age === undefined ? 'of another time' : `${age} old`}`,
    },
  ];
}

function listConditionRows(report: PersonaReport, now: Date): Row[] {
  const { status, judgedBy } = report;
  const ready = findReady(status);
  const validated = status.conditions?.find(({ type }) => type === 'Validated');
  // What was judged a moment ago holds since nobody knows when.
  const ageOf = (condition: Condition) =>
    judgedBy === 'operator' ? formatAgeOf(condition.lastTransitionTime, now) : undefined;
  return [
    ...(ready === undefined ? [] : [toReadyRow(ready, ageOf(ready), status.phase)]),
    ...(validated === undefined
      ? []
      : [toValidatedRow(validated, ageOf(validated), status.validation?.summary)]),
  ];
}

function toReadyRow(ready: Condition, age: string | undefined, phase: string | undefined): Row {
  if (ready.status === 'True') return { label: 'Ready', main: withAge('True', age) };
  return {
    label: 'Ready',
    main: withAge(`${ready.status}: ${ready.reason}`, age),
    tone: toneOf(phase, ready.reason),
    side: ready.message,
  };
}

/** A pause is wanted, and a rollout takes its time. */
function toneOf(phase: string | undefined, reason: string): Tone {
  if (reason === readyReasons.scaledToZero || isUnderWay(reason)) return undefined;
  return phase === 'Failed' ? 'failing' : 'warning';
}

function toValidatedRow(condition: Condition, age: string | undefined, summary: string | undefined): Row {
  if (condition.status === 'True')
    return {
      label: 'Validated',
      main: withAge(summary === undefined || summary === '' ? 'True' : `True: ${summary}`, age),
    };
  const why = condition.status === 'False' ? (summary ?? condition.reason) : condition.reason;
  return {
    label: 'Validated',
    main: withAge(`${condition.status}: ${why}`, age),
    tone: condition.status === 'False' ? 'failing' : undefined,
  };
}

const withAge = (text: string, age: string | undefined) => (age === undefined ? text : `${text}, for ${age}`);

/** What was judged without. */
function listUnseen({ unseen }: PersonaReport): Row[] {
  if (unseen.length === 0) return [];
  const names = unseen.map(({ resource }) => resource).join(', ');
  const isForbidden = unseen.every((part) => part.isForbidden);
  return [
    {
      label: 'Unseen',
      main: isForbidden
        ? `${names}: not yours to list`
        : `${names}: ${unseen.find((part) => !part.isForbidden)?.message ?? ''}`,
      tone: 'warning',
    },
  ];
}
