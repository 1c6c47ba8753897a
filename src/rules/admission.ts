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
import { hpaMissing } from './scaling/hpa-missing.ts';
import { settleForAll, settlePersona } from './settle-input.ts';

/** A workload as it would stand in the cluster, or as it stands there, and what is known of its namespace. */
export interface Situation {
  /** Its namespace filled in. */
  workload: Workload;
  /** Personas of the namespace, at least those that can claim the workload; with their annotations, because one of them is the mode. */
  personas: readonly ApplicationPersona[];
  /** Workloads of the namespace, at least those that these personas can claim. The workload itself may be among them. */
  workloads: readonly Workload[];
  /** Undefined where not all of it can be seen. A CREATE is judged without it: a folder is applied object by object, so that what is missing is left to the controller. */
  surroundings: Surroundings | undefined;
}

/** What an admission review is about: the workload as it would stand in the cluster, and what is known of the rest. */
export interface AdmissionInput extends Situation {
  /**
   * For an UPDATE: gives the workload as it stands there, or undefined where that cannot be read, and then nothing counts as new. Asked only where a
   * finding would refuse, because most updates are never in question. Undefined for a CREATE.
   */
  before: (() => Situation | undefined) | undefined;
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
  const readBefore = before && readOnce(before);
  const owners = listOwners(input);
  if (owners.length > 0) return owners.map((persona) => toClaim(persona, readBefore, settled));
  const missing = findMissingPersona(workload, { clusterPersona });
  return [
    {
      persona: undefined,
      mode: resolveMode(input.mode, namespaceLabels, new Map()),
      violations: missing,
      get violationsBefore() {
        const situation = readBefore?.();
        const hadPersona = situation !== undefined && listOwners(situation).length > 0;
        return readBefore && (hadPersona ? [] : missing);
      },
      context: { clusterPersona, namespace: workload.namespace, namespaceLabels, personaNames: [] },
    },
  ];
}

function listOwners({ workload, personas, workloads }: Situation): ApplicationPersona[] {
  return findOwners(workload, personas, workloads);
}

function readOnce<T>(read: () => T): () => T {
  let known: { value: T } | undefined;
  return () => (known ??= { value: read() }).value;
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

function toClaim(
  persona: ApplicationPersona,
  readBefore: AdmissionInput['before'],
  input: SettledInput,
): Claim {
  const { violations, context } = examineFor(persona, input, input);
  const findBefore = readOnce(() => {
    const situation = readBefore?.();
    if (situation === undefined) return violations;
    const { name } = persona.metadata;
    const wasOwner = listOwners(situation).some(({ metadata }) => metadata.name === name);
    return wasOwner ? examineFor(persona, situation, input).violations : [];
  });
  return {
    persona,
    mode: resolveMode(input.mode, input.namespaceLabels, readTextMap(persona.metadata.annotations)),
    violations,
    context,
    get violationsBefore() {
      return readBefore && findBefore();
    },
  };
}

function examineFor(persona: ApplicationPersona, situation: Situation, input: SettledInput) {
  const { workload, personas, workloads, surroundings } = situation;
  const { before, clusterPersona, namespaceLabels } = input;
  const examination = examine({
    persona: settlePersona(persona),
    workload,
    surroundings: before === undefined ? undefined : surroundings,
    // One that is there already decides in the place of `spec.replicas`.
    autoscalers: surroundings?.autoscalers ?? [],
    clusterPersona,
    namespaceLabels,
    rivals: findRivals(persona, workload, personas, workloads),
    source: 'admission',
  });
  // Whether the autoscaler is still on its way only time tells: the controller waits, and then says it.
  const violations = examination.violations.filter(({ rule }) => rule !== hpaMissing.id);
  return { ...examination, violations };
}
