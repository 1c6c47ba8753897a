// What a change of a status is worth telling: the Events of a persona.
import { applicationConditions, readyReasons } from '../../../src/api/conditions.ts';
import type { ApplicationPersonaStatus, Condition } from '../../../src/api/personas.ts';
import { labels } from '../../../src/rules/identity/labels.ts';
import { rolloutOutcomes } from '../../../src/status/deployment-history.ts';
import { parseInstant } from '../../../src/status/plain-text.ts';
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
  /** It is as it should be again. */
  recovered: 'Recovered',
  /** The API server does not take the status; the message says why. */
  statusRefused: 'StatusRefused',
} as const;

/** As much of an Event as follows from two statuses. */
export type Transition = Pick<EventFacts, 'type' | 'reason' | 'message'>;

/** As much of a status as is compared. */
export type Compared = Pick<ApplicationPersonaStatus, 'conditions' | 'validation'>;

/** Ready's reasons that nobody wants; that several personas want a workload is told under a reason of its own. */
const troubles = new Set<string>([
  readyReasons.rolloutStalled,
  readyReasons.partlyAvailable,
  readyReasons.unavailable,
  readyReasons.podsFailing,
]);

/** Whether the workload is not as it should be. */
export function isTroubled({ conditions }: Compared): boolean {
  const ready = find(conditions, applicationConditions.ready);
  return ready !== undefined && troubles.has(ready.reason);
}

/**
 * Whether the rollout that a status shows followed one that had failed, and nothing was well between: trouble was told then, perhaps by a process that
 * has ended since.
 */
export function hasFailedBefore({
  conditions,
  deployments,
}: Pick<ApplicationPersonaStatus, 'conditions' | 'deployments'>): boolean {
  const ready = find(conditions, applicationConditions.ready);
  const [latest, before] = deployments?.history ?? [];
  if (ready?.status !== 'False' || before?.status !== rolloutOutcomes.failed) return false;
  return (parseInstant(ready.lastTransitionTime) ?? 0) <= (parseInstant(latest?.timestamp) ?? -1);
}

/**
 * The transitions from one status to the next; none from a status to itself, so that a restart tells nothing. `wasTroubled`: trouble was told and
 * no recovery since, also where a rollout came between.
 */
export function findTransitions(before: Compared, after: Compared, wasTroubled: boolean): Transition[] {
  return [
    ...findRivalry(before, after),
    ...findValidation(before, after),
    ...findReadiness(before, after, wasTroubled),
  ];
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

function findReadiness(before: Compared, after: Compared, wasTroubled: boolean): Transition[] {
  const ready = find(after.conditions, applicationConditions.ready);
  if (isTroubled(after) && !isTroubled(before))
    return [{ type: 'Warning', reason: eventReasons.degraded, message: ready?.message ?? '' }];
  if (ready?.status === 'True' && (wasTroubled || isTroubled(before)))
    return [{ type: 'Normal', reason: eventReasons.recovered, message: ready.message }];
  return [];
}

function find(conditions: readonly Condition[] | undefined, type: string): Condition | undefined {
  return conditions?.find((condition) => condition.type === type);
}
