// How runs that end are: a Job, and the runs of a CronJob.
import { fieldAt, listOf, type Fields } from '../api/foreign-fields.ts';
import { conditionOf } from './object-conditions.ts';
import { parseInstant } from './plain-text.ts';
import { countOf } from './replica-tally.ts';
import type { RolloutSubject } from './rollout-subject.ts';
import type { Judgement } from './rollout-verdict.ts';

/** A Job that runs is as it should be, as kstatus has it. */
export function judgeJob({ spec, status }: RolloutSubject): Judgement {
  const failed = conditionOf(status, 'Failed');
  if (failed?.status === 'True')
    return { state: 'failed', message: failed.message || failed.reason || 'the run failed' };
  if (conditionOf(status, 'Complete')?.status === 'True')
    return { state: 'complete', message: 'the run succeeded' };
  if (fieldAt(spec, 'suspend') === true) return { state: 'idle', message: 'suspended' };
  if (hasRunningPods(status)) return { state: 'complete', message: 'the run is under way' };
  return { state: 'progressing', message: 'the run has not started yet' };
}

/** Old API servers count active pods only. */
function hasRunningPods(status: Fields): boolean {
  return countOf(fieldAt(status, 'ready') ?? fieldAt(status, 'active')) > 0;
}

/** A CronJob waits for its time; it falls short when its last run ended without success. */
export function judgeCronJob({ spec, status }: RolloutSubject): Judgement {
  if (fieldAt(spec, 'suspend') === true) return { state: 'idle', message: 'suspended' };
  const active = listOf(fieldAt(status, 'active')).length;
  if (active > 0)
    return {
      state: 'complete',
      message: active === 1 ? 'a run is under way' : `${active} runs are under way`,
    };
  const scheduledAt = parseInstant(fieldAt(status, 'lastScheduleTime'));
  const succeededAt = parseInstant(fieldAt(status, 'lastSuccessfulTime'));
  if (scheduledAt === undefined) return { state: 'complete', message: 'waits for its first run' };
  if (succeededAt !== undefined && succeededAt >= scheduledAt)
    return { state: 'complete', message: 'the last run succeeded' };
  return { state: 'short', message: 'the last run did not succeed' };
}
