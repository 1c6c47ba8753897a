// The status of a persona as the operator would write it, judged from here on live objects by the same code.
import { applicationConditions } from '../api/conditions.ts';
import type { ApplicationPersona, ApplicationPersonaStatus } from '../api/personas.ts';
import {
  judgeWorkloadsOf as judgeWorkloadsIn,
  toApplicationStatus,
  type JudgedWorkload,
} from '../status/judge-application.ts';
import { surroundingResources, workloadResources } from './gather/gathered-resources.ts';
import type { NamespaceView } from './gather/namespace-view.ts';

export type { JudgedWorkload } from '../status/judge-application.ts';

/** Every workload that belongs to the persona, judged. Never throws. */
export function judgeWorkloadsOf(
  persona: ApplicationPersona,
  around: NamespaceView,
  now: Date,
): JudgedWorkload[] {
  const surroundings = areSurroundingsSeen(around) ? around.surroundings : undefined;
  return judgeWorkloadsIn(persona, { ...around, surroundings }, now);
}

/** Whether all of it was looked for: rules do not take for absent what could not be. */
export function areSurroundingsSeen({ unseen }: NamespaceView): boolean {
  return !unseen.some(({ resource }) => surroundingResources.some(({ plural }) => plural === resource));
}

/** The status. `pods` may lack those of workloads that are as they should be. What other owners write (Argo CD, learned, advice) is kept from the persona's own status. */
export function judgePersona(
  persona: ApplicationPersona,
  { around, pods, now }: { around: NamespaceView; pods: readonly unknown[]; now: Date },
): ApplicationPersonaStatus {
  const workloads = judgeWorkloadsOf(persona, around, now);
  const observed = toApplicationStatus(persona, workloads, {
    around,
    pods,
    now,
    previous: persona.status,
  });
  const status = { ...persona.status, ...observed };
  return workloads.length === 0 && !areWorkloadsSeen(around) ? withoutVerdict(status) : status;
}

function areWorkloadsSeen({ unseen }: NamespaceView): boolean {
  return !unseen.some(({ resource }) => workloadResources.some(({ plural }) => plural === resource));
}

/** That there is no workload cannot be said where workloads are not to be seen. */
function withoutVerdict(status: ApplicationPersonaStatus): ApplicationPersonaStatus {
  const message = 'no workload that you may see belongs to it';
  return {
    ...status,
    conditions: (status.conditions ?? []).map((condition) =>
      condition.type === applicationConditions.ready
        ? { ...condition, status: 'Unknown', message }
        : condition,
    ),
  };
}

/** Whether the operator has looked at the persona as it is now. */
export function isObserved({ metadata, status }: ApplicationPersona): boolean {
  if (status?.observedGeneration === undefined || metadata.generation === undefined) return false;
  const isJudged = status.conditions?.some(({ type }) => type === 'Ready') === true;
  return isJudged && status.observedGeneration >= metadata.generation;
}
