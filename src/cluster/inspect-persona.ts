// Everything `persona status` tells of one persona: the operator's word or our own, the live workloads, and why one is not up.
import { applyApplicationPersonaDefaults } from '../api/defaults.ts';
import type { ApplicationPersona, ApplicationPersonaStatus } from '../api/personas.ts';
import type { KubeClient } from '../kube/client.ts';
import type { KubeObject } from '../kube/objects.ts';
import { resources } from '../kube/resources.ts';
import { listRivals } from '../status/judge-application.ts';
import { observeApplication } from '../status/observe-application.ts';
import { readAutoscaler } from '../workload/autoscaler.ts';
import type { Workload } from '../workload/workload.ts';
import type { Cause } from './diagnosis/cause.ts';
import { diagnoseWorkload } from './diagnosis/diagnose-workload.ts';
import {
  gatherPersona,
  needsExplanation,
  type PersonaKey,
  type PersonaView,
} from './gather/gather-persona.ts';
import { autoscalerResources, workloadResources } from './gather/gathered-resources.ts';
import type { Unseen } from './gather/part.ts';
import { isObserved, judgePersona } from './judge-persona.ts';

/** A persona as it is shown. */
export interface PersonaReport {
  persona: ApplicationPersona;
  /** The operator's, or what it would be. */
  status: ApplicationPersonaStatus;
  /** `here`: no operator has looked at the persona as it is now, so that the same rules judged the live objects. */
  judgedBy: 'operator' | 'here';
  /** What the live objects say of readiness where the operator says something else; its word is old then. */
  disagreement: { phase: string; message: string } | undefined;
  workloads: readonly Workload[];
  /** HorizontalPodAutoscalers and ScaledObjects of those workloads, as they are. */
  autoscalers: readonly KubeObject[];
  /** Why workloads are not up. */
  diagnoses: readonly WorkloadDiagnosis[];
  unseen: readonly Unseen[];
}

/** Why one workload is not up. */
export interface WorkloadDiagnosis {
  kind: string;
  name: string;
  causes: readonly Cause[];
}

/** Workloads of one persona that are looked into. */
const MAX_DIAGNOSED = 3;

/** @throws as {@link gatherPersona} does */
export async function inspectPersona(
  client: KubeClient,
  key: PersonaKey,
  now: () => Date,
): Promise<PersonaReport> {
  const view = await gatherPersona(client, key);
  const { around, workloads, pods } = view;
  const diagnosed = await Promise.all(
    workloads
      .filter(needsExplanation)
      .slice(0, MAX_DIAGNOSED)
      .map(async (workload) => ({
        workload,
        ...(await diagnoseWorkload(client, {
          workload,
          pods,
          madeJobs: around.madeJobs,
          signal: key.signal,
        })),
      })),
  );
  const report = toReport(view, now());
  return {
    ...report,
    diagnoses: diagnosed
      .filter(({ causes }) => causes.length > 0)
      .map(({ workload: { kind, name }, causes }) => ({ kind, name, causes })),
    unseen: onePerResource([...report.unseen, ...diagnosed.flatMap(({ unseen }) => unseen)]),
  };
}

/** The report without what has to be asked for further. Pure. */
export function toReport(view: PersonaView, now: Date): PersonaReport {
  const { persona, around, workloads, pods, unseen } = view;
  const judgedBy = isObserved(persona) ? 'operator' : 'here';
  const status =
    judgedBy === 'operator' && persona.status !== undefined
      ? persona.status
      : judgePersona(persona, { around, pods, now });
  return {
    persona,
    status,
    judgedBy,
    disagreement: judgedBy === 'operator' ? findDisagreement(view, status, now) : undefined,
    workloads,
    autoscalers: around.autoscalerObjects.filter((object) => isAimedAt(object, workloads)),
    diagnoses: [],
    unseen: unseen.filter(({ resource }) => isMissed(resource, judgedBy, around)),
  };
}

/** Shown by the screen itself, whoever judged. */
const shownResources = new Set(
  [...workloadResources, ...autoscalerResources, resources.pods].map(({ plural }) => plural),
);

/** Whether what is shown would be another with it. */
function isMissed(
  resource: string,
  judgedBy: PersonaReport['judgedBy'],
  { clusterPersona }: PersonaView['around'],
): boolean {
  if (shownResources.has(resource)) return true;
  // Labels of namespaces matter to what a ClusterPersona says of them.
  if (resource === resources.namespaces.plural && clusterPersona === undefined) return false;
  return judgedBy === 'here';
}

/** Only readiness is compared: findings may rest on objects that the user cannot see. */
function findDisagreement(
  { persona, around, workloads, pods }: PersonaView,
  told: ApplicationPersonaStatus,
  now: Date,
): PersonaReport['disagreement'] {
  const judged = workloads.map((workload) => ({ workload, findings: [] }));
  const live = observeApplication({
    persona: applyApplicationPersonaDefaults(persona),
    workloads: judged,
    pods,
    rivals: listRivals(persona, judged, around),
    now,
    previous: told,
  });
  const [seen, said] = [findReady(live), findReady(told)];
  // What the user may not list cannot contradict the operator.
  if (seen === undefined || seen.status === said?.status || workloads.length === 0) return undefined;
  return { phase: live.phase ?? '', message: seen.message };
}

/** Condition Ready. */
export function findReady({ conditions }: ApplicationPersonaStatus) {
  return conditions?.find(({ type }) => type === 'Ready');
}

function isAimedAt(object: KubeObject, workloads: readonly Workload[]): boolean {
  const target = readAutoscaler(object)?.target;
  return workloads.some(({ kind, name }) => kind === target?.kind && name === target.name);
}

function onePerResource(unseen: readonly Unseen[]): Unseen[] {
  return unseen.filter(
    ({ resource }, index) => unseen.findIndex((other) => other.resource === resource) === index,
  );
}
