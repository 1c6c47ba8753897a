// Judges a persona in its namespace: its workloads by the rules, and the status that follows. One code for operator and command line.
import { applyApplicationPersonaDefaults } from '../api/defaults.ts';
import type { ApplicationPersona, ApplicationPersonaStatus, ClusterPersona } from '../api/personas.ts';
import type { Finding } from '../rules/finding.ts';
import { judge } from '../rules/judge.ts';
import type { RuleInput } from '../rules/rule-input.ts';
import { hpaMissing } from '../rules/scaling/hpa-missing.ts';
import { settleForAll, settlePersona } from '../rules/settle-input.ts';
import { findRivals, findWorkloads, type Claimant } from '../workload/belongs-to.ts';
import type { Surroundings } from '../workload/surroundings.ts';
import type { TextMap, Workload } from '../workload/workload.ts';
import { observeApplication } from './observe-application.ts';
import { parseInstant } from './plain-text.ts';

/** What judging a persona needs of its namespace. What has nothing to do with the persona may be left out. */
export interface Neighbourhood {
  /** Labels of the namespace; empty where they could not be read. */
  labels: TextMap;
  personas: readonly Claimant[];
  workloads: readonly Workload[];
  /** Undefined where not all of it could be looked for: rules do not take for absent what may be there. */
  surroundings: Surroundings | undefined;
  /** The one that counts. */
  clusterPersona: ClusterPersona | undefined;
}

/** One workload of the persona with what the rules hold against it. */
export interface JudgedWorkload {
  workload: Workload;
  findings: readonly Finding[];
}

/** Every workload that belongs to the persona, judged. Never throws. */
export function judgeWorkloadsOf(
  persona: ApplicationPersona,
  around: Neighbourhood,
  now: Date,
): JudgedWorkload[] {
  // Settled here, once: rules know what is settled by the object.
  const settled = settlePersona(persona);
  const clusterPersona = around.clusterPersona && settleForAll(around.clusterPersona);
  return findWorkloads(persona, around.workloads).map((workload) => ({
    workload,
    findings: judgeLive(
      {
        persona: settled,
        workload,
        surroundings: around.surroundings,
        clusterPersona,
        namespaceLabels: around.labels,
        rivals: findRivals(persona, workload, around.personas, around.workloads),
        source: 'cluster',
      },
      now,
    ),
  }));
}

/** Names of all personas that share one of the workloads with this one. */
export function listRivals(
  persona: Claimant,
  workloads: readonly Pick<JudgedWorkload, 'workload'>[],
  around: Pick<Neighbourhood, 'personas' | 'workloads'>,
): string[] {
  const rivals = workloads.flatMap(({ workload }) =>
    findRivals(persona, workload, around.personas, around.workloads),
  );
  return [...new Set(rivals)];
}

/** A folder is applied object by object: an autoscaler that may be on its way is not missed yet. */
const autoscalerPatienceMs = 60_000;

function judgeLive(input: RuleInput, now: Date): Finding[] {
  const createdAt = parseInstant(input.workload.createdAt);
  const isNew = createdAt !== undefined && now.getTime() - createdAt < autoscalerPatienceMs;
  const findings = judge(input, now);
  return isNew ? findings.filter(({ rule }) => rule !== hpaMissing.id) : findings;
}

/** What a status is made of, beside the persona. */
export interface JudgementOptions {
  around: Pick<Neighbourhood, 'personas' | 'workloads'>;
  /** Pods of the namespace; those of workloads that are as they should be may be missing. */
  pods: readonly unknown[];
  /** The status before. */
  previous: ApplicationPersonaStatus | undefined;
  now: Date;
}

/** The fields that follow from workloads and findings; what other owners write is not in it (see {@link observeApplication}). */
export function toApplicationStatus(
  persona: ApplicationPersona,
  workloads: readonly JudgedWorkload[],
  { around, pods, previous, now }: JudgementOptions,
): ApplicationPersonaStatus {
  return observeApplication({
    persona: applyApplicationPersonaDefaults(persona),
    workloads,
    pods,
    rivals: listRivals(persona, workloads, around),
    now,
    previous,
  });
}
