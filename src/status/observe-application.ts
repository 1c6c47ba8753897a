// Makes an ApplicationPersona's status of what was observed: the one judgement for operator and command line.
import { applicationConditions, readyReasons, validatedReasons } from '../api/conditions.ts';
import type {
  ApplicationPersonaStatus,
  EffectiveApplicationPersona,
  HealthStatus,
  ValidationStatus,
} from '../api/personas.ts';
import { applicationPhases } from '../api/vocabulary.ts';
import { parseDuration } from '../quantity/duration.ts';
import type { Finding } from '../rules/finding.ts';
import type { Workload } from '../workload/workload.ts';
import { formatInstant, toParagraph } from './plain-text.ts';
import { findPodsOf, groupFailures } from './pods.ts';
import { addTallies, noReplicas } from './replica-tally.ts';
import { dateHealth, isSameButTimes, setConditions, type JudgedCondition } from './set-conditions.ts';
import { locateFindings, toValidationStatus } from './validation-status.ts';
import { toLastingReason } from './troubles.ts';
import { recallWorkload, toWorkloadsHealth } from './workload-memory.ts';
import { judgeWorkload, type ApplicationPhase, type WorkloadVerdict } from './workload-verdict.ts';

/** Everything that a status is made of. */
export interface ApplicationObservation {
  persona: EffectiveApplicationPersona;
  /** Every workload that belongs to the persona (src/workload/belongs-to.ts), with what the rules found. */
  workloads: readonly { workload: Workload; findings: readonly Finding[] }[];
  /** Pods of the namespace as the API has them; those of other workloads are passed over. Empty where unknown. */
  pods: readonly unknown[];
  /** Names of other personas that claim one of the workloads by the same rung. */
  rivals: readonly string[];
  now: Date;
  /** The status before; times stay where nothing changed. */
  previous?: ApplicationPersonaStatus | undefined;
}

/**
 * The fields of the status that follow from workload and rules: observedGeneration, phase, lastUpdated, health, validation, and the
 * conditions Ready and Validated. What other owners write (deployments, learned, recommendations, argoCD) is not in it.
 */
export function observeApplication(observation: ApplicationObservation): ApplicationPersonaStatus {
  const { persona, now, previous } = observation;
  const verdicts = judgeWorkloads(observation);
  const verdict = findWorst(verdicts);
  const validation = toValidationStatus(locateFindings(observation.workloads), previous?.validation, now);
  const generation = persona.metadata.generation;
  const conditions = [toReady(observation, verdict), toValidated(observation, validation)];
  const status: ApplicationPersonaStatus = {
    ...(generation === undefined ? {} : { observedGeneration: generation }),
    phase: toPhase(observation, verdict, validation),
    health: toHealth(observation, verdicts, verdict),
    validation,
    conditions: setConditions(conditions, previous?.conditions, { generation, now }),
  };
  return { ...status, lastUpdated: dateOf(status, previous, now) };
}

/** When the first grace period of a workload ends, in milliseconds since 1970: time alone changes the status then. */
export function findGraceEnd(observation: ApplicationObservation): number | undefined {
  const ends = judgeWorkloads(observation).flatMap(({ graceEndsAt }) => graceEndsAt ?? []);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

const defaultGraceMs = 30_000;

function judgeWorkloads(observation: ApplicationObservation): WorkloadVerdict[] {
  const { persona, workloads, pods, now, previous } = observation;
  const grace = parseDuration(persona.spec.health.startupGracePeriod);
  const graceMs = grace.ok ? grace.durationMs : defaultGraceMs;
  return workloads.map(({ workload }) =>
    judgeWorkload({
      workload,
      pods: findPodsOf(workload, pods),
      graceMs,
      now,
      before: recallWorkload(previous, workload),
    }),
  );
}

/** The worst phase; within one, what is not ready; what is scaled to zero counts only where everything is. */
function findWorst(verdicts: readonly WorkloadVerdict[]): WorkloadVerdict | undefined {
  const rank = ({ phase, isReady, reason }: WorkloadVerdict) =>
    applicationPhases.indexOf(phase) * 10 + (reason === readyReasons.scaledToZero ? 2 : Number(isReady));
  return verdicts.toSorted((left, right) => rank(left) - rank(right))[0];
}

function toPhase(
  { rivals }: ApplicationObservation,
  verdict: WorkloadVerdict | undefined,
  { passed }: ValidationStatus,
): ApplicationPhase {
  if (verdict === undefined) return 'Pending';
  const candidates: ApplicationPhase[] = [verdict.phase];
  if (!passed || rivals.length > 0) candidates.push('Degraded');
  return applicationPhases.find((phase) => candidates.includes(phase)) ?? verdict.phase;
}

function toReady(
  { persona, rivals, previous }: ApplicationObservation,
  verdict?: WorkloadVerdict,
): JudgedCondition {
  const type = applicationConditions.ready;
  if (verdict === undefined) {
    const message = `no workload of the namespace is named or labelled ${persona.spec.name}`;
    return { type, status: 'False', reason: readyReasons.noWorkload, message };
  }
  if (rivals.length > 0) {
    const message = `claimed by ${rivals.length === 1 ? 'another persona' : 'other personas'} as well: ${listNames(rivals)}`;
    return { type, status: 'False', reason: readyReasons.ambiguous, message };
  }
  return {
    type,
    status: verdict.isReady ? 'True' : 'False',
    reason: toLastingReason(verdict.reason, previous?.conditions?.find((one) => one.type === type)?.reason),
    message: nameWorkload(verdict),
  };
}

function listNames(names: readonly string[]): string {
  const more = names.length - 10;
  return `${names.slice(0, 10).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function toValidated({ workloads }: ApplicationObservation, validation: ValidationStatus): JudgedCondition {
  const type = applicationConditions.validated;
  if (workloads.length === 0)
    return {
      type,
      status: 'Unknown',
      reason: validatedReasons.noWorkload,
      message: 'there is nothing to validate',
    };
  const message = validation.summary ?? 'no findings';
  return validation.passed
    ? { type, status: 'True', reason: validatedReasons.passed, message }
    : { type, status: 'False', reason: validatedReasons.failed, message };
}

/** `Deployment shop: 2 of 3 available` */
function nameWorkload({ workload, message }: WorkloadVerdict): string {
  return `${workload.kind} ${workload.name}: ${message}`;
}

function toHealth(
  { rivals, previous: before, now }: ApplicationObservation,
  verdicts: readonly WorkloadVerdict[],
  verdict: WorkloadVerdict | undefined,
): HealthStatus {
  const previous = before?.health;
  const date = (health: HealthStatus) => dateHealth(health, previous, now);
  if (verdict === undefined) return date({ status: 'Unknown', message: 'there is no workload' });
  const { desired, ready, updated } = verdicts.reduce(
    (sum, { counts }) => addTallies(sum, counts),
    noReplicas,
  );
  const podFailures = groupFailures(verdicts.flatMap(({ failures }) => failures));
  const workloads = toWorkloadsHealth(verdicts, { isContested: rivals.length > 0, previous, now });
  return date({
    status: verdict.health,
    message: toParagraph(nameWorkload(verdict)),
    replicas: { desired, ready, updated },
    ...(workloads.length === 0 ? {} : { workloads }),
    ...(podFailures.length === 0 ? {} : { podFailures }),
  });
}

/** When one of these fields last changed. */
function dateOf(
  status: ApplicationPersonaStatus,
  previous: ApplicationPersonaStatus | undefined,
  now: Date,
): string {
  const { observedGeneration, phase, health, validation, conditions = [] } = previous ?? {};
  const ours = new Set<string>(Object.values(applicationConditions).slice(0, 2));
  const before = {
    observedGeneration,
    phase,
    health,
    validation,
    conditions: conditions.filter(({ type }) => ours.has(type)),
  };
  const isSame = previous?.lastUpdated !== undefined && isSameButTimes(status, before);
  return (isSame ? previous.lastUpdated : undefined) ?? formatInstant(now);
}
