// What a change of a status is worth telling: the Events of a persona.
import { applicationConditions, readyReasons } from '../../../src/api/conditions.ts';
import type { ApplicationPersonaStatus, Condition } from '../../../src/api/personas.ts';
import { labels } from '../../../src/rules/identity/labels.ts';
import { isTrouble } from '../../../src/status/troubles.ts';
import type { EventFacts } from '../../manager/events.ts';

/** The reasons of Events about personas. */
export const eventReasons = {
  /** Other personas want the same workload; the message names them. */
  ambiguous: readyReasons.ambiguous,
  /** There is an error finding, where there was none. */
  validationFailed: 'ValidationFailed',
  /** The last error finding is gone. */
  validationPassed: 'ValidationPassed',
  /** The workload is not as it should be, and nobody expects that of a rollout. */
  degraded: 'Degraded',
  /** It is as it should be again, also with rollouts between; a workload that was stopped or removed in its trouble has not recovered. */
  recovered: 'Recovered',
  /** The API server does not take the status; the message says why. */
  statusRefused: 'StatusRefused',
} as const;

/** As much of an Event as follows from two statuses. */
export type Transition = Pick<EventFacts, 'type' | 'reason' | 'message'>;

/** As much of a status as is compared. */
export type Compared = Pick<ApplicationPersonaStatus, 'conditions' | 'validation'>;

/** Whether the workload is not as it should be. */
function isTroubled({ conditions }: Compared): boolean {
  return isTrouble(find(conditions, applicationConditions.ready)?.reason);
}

/** The transitions from one status to the next; none from a status to itself, so that a restart tells nothing. */
export function findTransitions(before: Compared, after: Compared): Transition[] {
  return [...findRivalry(before, after), ...findValidation(before, after), ...findReadiness(before, after)];
}

function findRivalry(before: Compared, after: Compared): Transition[] {
  const ready = find(after.conditions, applicationConditions.ready);
  if (ready?.reason !== readyReasons.ambiguous) return [];
  const was = find(before.conditions, applicationConditions.ready);
  return was?.reason === ready.reason
    ? []
    : [{ type: 'Warning', reason: eventReasons.ambiguous, message: ready.message }];
}

function findValidation(before: Compared, after: Compared): Transition[] {
  const type = applicationConditions.validated;
  const [was, is] = [find(before.conditions, type), find(after.conditions, type)];
  if (is?.status === 'False' && was?.status !== 'False' && !isRivalryAlone(after))
    return [{ type: 'Warning', reason: eventReasons.validationFailed, message: describeFindings(after) }];
  if (is?.status === 'True' && was?.status === 'False')
    return [{ type: 'Normal', reason: eventReasons.validationPassed, message: is.message }];
  return [];
}

/** That others want the workload as well is a finding too: where it is the only error it is told as what it is, and once. */
function isRivalryAlone({ conditions, validation }: Compared): boolean {
  const isAmbiguous = find(conditions, applicationConditions.ready)?.reason === readyReasons.ambiguous;
  const errors = (validation?.issues ?? []).filter(({ severity }) => severity === 'error');
  return isAmbiguous && errors.length === 1 && errors[0]?.rule === labels.id;
}

/** The count, and the gravest of them. */
function describeFindings({ validation }: Compared): string {
  const summary = validation?.summary ?? '';
  const [first] = validation?.issues ?? [];
  return first === undefined ? summary : `${summary}: ${first.message}`;
}

function findReadiness(before: Compared, after: Compared): Transition[] {
  const ready = find(after.conditions, applicationConditions.ready);
  if (isTroubled(after) && !isTroubled(before))
    return [{ type: 'Warning', reason: eventReasons.degraded, message: ready?.message ?? '' }];
  const was = find(before.conditions, applicationConditions.ready)?.reason;
  if (ready?.status === 'True' && (isTrouble(was) || was === readyReasons.recovering))
    return [{ type: 'Normal', reason: eventReasons.recovered, message: ready.message }];
  return [];
}

function find(conditions: readonly Condition[] | undefined, type: string): Condition | undefined {
  return conditions?.find((condition) => condition.type === type);
}
