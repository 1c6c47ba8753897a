// The status of a persona as the operator would write it, judged from here on live objects by the same code.
import { applicationConditions } from '../api/conditions.ts';
import { applyApplicationPersonaDefaults, applyClusterPersonaDefaults } from '../api/defaults.ts';
import type { ApplicationPersona, ApplicationPersonaStatus } from '../api/personas.ts';
import { judge } from '../rules/judge.ts';
import { observeApplication } from '../status/observe-application.ts';
import { findRivals, findWorkloads } from '../workload/belongs-to.ts';
import type { Workload } from '../workload/workload.ts';
import type { Finding } from '../rules/finding.ts';
import { surroundingResources, workloadResources } from './gather/gathered-resources.ts';
import type { NamespaceView } from './gather/namespace-view.ts';

/** One workload of the persona with what the rules hold against it. */
export interface JudgedWorkload {
  workload: Workload;
  findings: readonly Finding[];
}

/** Every workload that belongs to the persona, judged. Never throws. */
export function judgeWorkloadsOf(
  persona: ApplicationPersona,
  around: NamespaceView,
  now: Date,
): JudgedWorkload[] {
  const settled = applyApplicationPersonaDefaults(persona);
  const clusterPersona =
    around.clusterPersona === undefined ? undefined : applyClusterPersonaDefaults(around.clusterPersona);
  return findWorkloads(persona, around.workloads).map((workload) => ({
    workload,
    findings: judge(
      {
        persona: settled,
        workload,
        surroundings: areSurroundingsSeen(around) ? around.surroundings : undefined,
        clusterPersona,
        namespaceLabels: around.labels,
        rivals: findRivals(persona, workload, around.personas),
        source: 'cluster',
      },
      now,
    ),
  }));
}

/** Rules do not take for absent what could not be looked for. */
function areSurroundingsSeen({ unseen }: NamespaceView): boolean {
  return !unseen.some(({ resource }) => surroundingResources.some(({ plural }) => plural === resource));
}

/** The status. `pods` may lack those of workloads that are as they should be. What other owners write (Argo CD, learned, advice) is kept from the persona's own status. */
export function judgePersona(
  persona: ApplicationPersona,
  { around, pods, now }: { around: NamespaceView; pods: readonly unknown[]; now: Date },
): ApplicationPersonaStatus {
  const workloads = judgeWorkloadsOf(persona, around, now);
  const rivals = workloads.flatMap(({ workload }) => findRivals(persona, workload, around.personas));
  const observed = observeApplication({
    persona: applyApplicationPersonaDefaults(persona),
    workloads,
    pods,
    rivals: [...new Set(rivals)],
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
