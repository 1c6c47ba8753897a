// What admission says of a workload: whose it is, what is held against it, and the decision. One code for the webhook and for who asks beforehand.
import type { ApplicationPersona, ClusterPersona } from '../api/personas.ts';
import { findOwners, findRivals, isMadeByWorkload } from '../workload/belongs-to.ts';
import type { Surroundings } from '../workload/surroundings.ts';
import { readTextMap } from '../workload/text-map.ts';
import type { TextMap, Workload } from '../workload/workload.ts';
import { decideTogether, type Decision, type DecisionInput } from './decide.ts';
import type { Violation } from './finding.ts';
import { examine, weigh } from './judge.ts';
import type { LevelContext } from './levels.ts';
import { findMissingPersona } from './missing-persona.ts';
import { resolveMode, type Mode } from './mode.ts';
import { autoscalersOf } from './scaling/autoscalers.ts';
import { hpaMissing } from './scaling/hpa-missing.ts';
import { replicasAboveMax } from './scaling/replicas-above-max.ts';
import { replicasBelowMin } from './scaling/replicas-below-min.ts';
import { settleForAll, settlePersona } from './settle-input.ts';

/** What an admission review is about, and what is known of its namespace. */
export interface AdmissionInput {
  /** As it would stand in the cluster, its namespace filled in. */
  workload: Workload;
  /** As it stands there, for an UPDATE; undefined for a CREATE. */
  before: Workload | undefined;
  /** Personas of the namespace, at least those that can claim the workload, before or after; with their annotations, because one of them is the mode. */
  personas: readonly ApplicationPersona[];
  /** Workloads of the namespace, at least those that these personas can claim. The workload itself may be among them. */
  workloads: readonly Workload[];
  /** Undefined where not all of it can be seen. A CREATE is judged without it: a folder is applied object by object, so that what is missing is left to the controller. */
  surroundings: Surroundings | undefined;
  /** The one that counts. */
  clusterPersona: ClusterPersona | undefined;
  namespaceLabels: TextMap;
  /** The operator's option. */
  mode: Mode;
}

/** What one persona, or the cluster where none claims the workload, holds against it: what no clock changes. */
export interface Claim {
  /** Undefined where none claims it. */
  persona: ApplicationPersona | undefined;
  mode: Mode;
  violations: readonly Violation[];
  /** Of the object as it was; undefined for a CREATE. Looked for when it is asked for. */
  readonly violationsBefore: readonly Violation[] | undefined;
  context: Omit<LevelContext, 'now'>;
}

/** Everybody who has a say, by name of the persona; empty where another workload made this one: it is judged there. Never throws. */
export function findClaims(input: AdmissionInput): Claim[] {
  const { workload, before, clusterPersona: given, namespaceLabels } = input;
  if (isMadeByWorkload(workload)) return [];
  const clusterPersona = given && settleForAll(given);
  const settled = { ...input, clusterPersona };
  const owners = findOwners(workload, input.personas, input.workloads);
  const ownersBefore = before === undefined ? [] : findOwners(before, input.personas, input.workloads);
  if (owners.length > 0) {
    return owners.map((persona) => toClaim(persona, ownersBefore.includes(persona), settled));
  }
  const missing = findMissingPersona(workload, { clusterPersona });
  const wasMissing = ownersBefore.length === 0 ? missing : [];
  return [
    {
      persona: undefined,
      mode: resolveMode(input.mode, namespaceLabels, new Map()),
      violations: missing,
      violationsBefore: before === undefined ? undefined : wasMissing,
      context: { clusterPersona, namespace: workload.namespace, namespaceLabels, personaNames: [] },
    },
  ];
}

/** The findings of a claim as they count at a time; those before only where they decide something. */
export function weighClaim(claim: Claim, now: Date): DecisionInput {
  const { persona, mode, violations } = claim;
  const context = { ...claim.context, now };
  const findings = weigh(violations, context);
  const mayRefuse = mode === 'enforcing' && findings.some(({ level }) => level === 'deny');
  const before = mayRefuse ? claim.violationsBefore : [];
  return {
    mode,
    personaName: persona?.metadata.name,
    findings,
    findingsBefore: before && weigh(before, context),
  };
}

/** The answer to the review. Never throws. */
export function decideAdmission(input: AdmissionInput, now: Date): Decision {
  return decideTogether(findClaims(input).map((claim) => weighClaim(claim, now)));
}

interface SettledInput extends Omit<AdmissionInput, 'clusterPersona'> {
  clusterPersona: LevelContext['clusterPersona'];
}

function toClaim(persona: ApplicationPersona, wasOwner: boolean, input: SettledInput): Claim {
  const { workload, before, namespaceLabels } = input;
  const { violations, context } = examineFor(persona, workload, input);
  let violationsBefore: readonly Violation[] | undefined;
  return {
    persona,
    mode: resolveMode(input.mode, namespaceLabels, readTextMap(persona.metadata.annotations)),
    violations,
    context,
    get violationsBefore() {
      if (before === undefined) return undefined;
      return (violationsBefore ??= wasOwner ? examineFor(persona, before, input).violations : []);
    },
  };
}

/** What an autoscaler that is already there decides in the place of `spec.replicas`. */
const replicaRules: ReadonlySet<string> = new Set([replicasBelowMin.id, replicasAboveMax.id]);

function examineFor(persona: ApplicationPersona, workload: Workload, input: SettledInput) {
  const { before, personas, workloads, surroundings, clusterPersona, namespaceLabels } = input;
  const examination = examine({
    persona: settlePersona(persona),
    workload,
    surroundings: before === undefined ? undefined : surroundings,
    clusterPersona,
    namespaceLabels,
    rivals: findRivals(persona, workload, personas, workloads),
    source: 'admission',
  });
  // Whether the autoscaler is still on its way only time tells: the controller waits, and then says it.
  const isAutoscaled = surroundings !== undefined && autoscalersOf(workload, surroundings).length > 0;
  const violations = examination.violations.filter(
    ({ rule }) => rule !== hpaMissing.id && !(isAutoscaled && replicaRules.has(rule)),
  );
  return { ...examination, violations };
}
