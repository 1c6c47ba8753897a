// What a status keeps of each workload, so that the next judgement of one goes on from its own past and not from that of all together.
import { readyReasons } from '../api/conditions.ts';
import { maxStatusWorkloads } from '../api/limits.ts';
import type { ApplicationPersonaStatus, HealthStatus, WorkloadHealth } from '../api/personas.ts';
import type { Workload } from '../workload/workload.ts';
import { parseInstant, toParagraph } from './plain-text.ts';
import { dateHealth } from './set-conditions.ts';
import type { WorkloadMemory, WorkloadVerdict } from './workload-verdict.ts';

/** What the status before says of the workload; undefined where it says nothing. */
export function recallWorkload(
  previous: ApplicationPersonaStatus | undefined,
  { kind, name }: Pick<Workload, 'kind' | 'name'>,
): WorkloadMemory | undefined {
  const listed = previous?.health?.workloads ?? [];
  const found = listed.find((one) => one.kind === kind && one.name === name);
  if (found !== undefined)
    return {
      reason: found.reason,
      changedAt: parseInstant(found.lastCheck),
      desired: found.replicas?.desired,
    };
  const isComplete = listed.length > 0 && listed.length < maxStatusWorkloads;
  return isComplete ? unheardOf : recallTogether(previous);
}

/** Others are listed and it is not: it was not there. */
const unheardOf: WorkloadMemory = {
  reason: readyReasons.noWorkload,
  changedAt: undefined,
  desired: undefined,
};

function recallTogether(previous: ApplicationPersonaStatus | undefined): WorkloadMemory | undefined {
  const ready = previous?.conditions?.find(({ type }) => type === 'Ready');
  return (
    ready && {
      reason: ready.reason,
      changedAt: parseInstant(previous?.health?.lastCheck),
      desired: previous?.health?.replicas?.desired,
    }
  );
}

/**
 * What to keep of each, in their order. Nothing where the rest of the status says it: of the only workload of a persona that is its own. Times stay
 * while nothing else of the workload changes.
 */
export function toWorkloadsHealth(
  verdicts: readonly WorkloadVerdict[],
  { isContested, previous, now }: { isContested: boolean; previous: HealthStatus | undefined; now: Date },
): WorkloadHealth[] {
  if (verdicts.length < 2 && !isContested) return [];
  return verdicts.slice(0, maxStatusWorkloads).map((verdict) => {
    const { kind, name } = verdict.workload;
    const { desired, ready, updated } = verdict.counts;
    const health: WorkloadHealth = {
      kind,
      name,
      status: verdict.health,
      reason: verdict.reason,
      message: toParagraph(verdict.message),
      replicas: { desired, ready, updated },
    };
    const before = previous?.workloads?.find((one) => one.kind === kind && one.name === name);
    return dateHealth(health, before, now);
  });
}
