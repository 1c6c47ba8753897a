// Decides what stands in an ApplicationPersona's status from now on, and whether that is worth a write.
import { applicationConditions, readyReasons } from '../api/conditions.ts';
import { applyApplicationPersonaDefaults } from '../api/defaults.ts';
import type {
  ApplicationPersona,
  ApplicationPersonaStatus,
  ClusterPersona,
  Condition,
} from '../api/personas.ts';
import { trackDeployments } from './deployment-history.ts';
import {
  judgeWorkloadsOf,
  listRivals,
  type JudgedWorkload,
  type Neighbourhood,
} from './judge-application.ts';
import { findGraceEnd, observeApplication, type ApplicationObservation } from './observe-application.ts';
import { formatInstant, parseInstant } from './plain-text.ts';
import type { SeenStatus } from './seen-status.ts';
import { isSameButTimes } from './set-conditions.ts';
import { digestPart } from './status-digest.ts';
import { isUnderWay } from './troubles.ts';
import { locateFindings, toValidationStatus } from './validation-status.ts';

/** A persona, and all that its status is made of. */
export interface ApplicationFacts {
  persona: ApplicationPersona;
  around: Neighbourhood;
  /** Pods of the namespace that have something to tell. */
  pods: readonly unknown[];
  /** The status that stands in the cluster. */
  seen: SeenStatus;
  now: Date;
}

/** What comes of it. */
export interface ApplicationDecision {
  /** The fields that belong to the controller of personas, and nothing else: what server-side apply sends. */
  status: ApplicationPersonaStatus;
  /** Whether it says something else than what stands there; times alone are nothing else. */
  isChanged: boolean;
  workloads: readonly JudgedWorkload[];
  /** When time alone will change it, in milliseconds since 1970: a grace period, an exception, `enforceFrom`. */
  looksAgainAt: number | undefined;
}

/** Never throws, whatever the objects hold. */
export function decideApplication(facts: ApplicationFacts): ApplicationDecision {
  const { persona, around, pods, seen, now } = facts;
  const workloads = judgeWorkloadsOf(persona, around, now);
  const previous = recall(seen, workloads, now);
  const observation: ApplicationObservation = {
    persona: applyApplicationPersonaDefaults(persona),
    workloads,
    pods,
    rivals: listRivals(persona, workloads, around),
    now,
    previous,
  };
  const observed = observeApplication(observation);
  const deployments = trackDeployments({
    name: persona.spec.name,
    workload: workloads[0]?.workload,
    isFailing: isFailing(observed),
    previous: seen.deployments,
    now,
  });
  const status = { ...observed, ...(deployments === undefined ? {} : { deployments }) };
  const isChanged = !isSameButTimes(withoutOthers(status), withoutOthers(previous));
  return {
    status: isChanged ? { ...status, lastUpdated: formatInstant(now) } : status,
    isChanged,
    workloads,
    looksAgainAt: findNextLook(facts, observation, observed),
  };
}

/** The status before as far as comparing needs it: findings that have the digest of those before are those before. */
function recall(
  { validation: digested, ...seen }: SeenStatus,
  workloads: readonly JudgedWorkload[],
  now: Date,
): ApplicationPersonaStatus {
  if (digested === undefined) return seen;
  const current = toValidationStatus(locateFindings(workloads), undefined, now);
  const { digest, ...times } = digested;
  // Others are like no findings that there can be.
  const validation = digestPart(current) === digest ? { ...current, ...times } : { ...times, omitted: -1 };
  return { ...seen, validation };
}

const own = new Set<string>([applicationConditions.ready, applicationConditions.validated]);

/** Whether a condition is this controller's. */
export function isOwnCondition({ type }: Pick<Condition, 'type'>): boolean {
  return own.has(type);
}

function withoutOthers(status: ApplicationPersonaStatus): ApplicationPersonaStatus {
  const { observedGeneration, phase, health, validation, deployments, conditions = [] } = status;
  const fields = { observedGeneration, phase, health, validation, deployments };
  return { ...fields, conditions: conditions.filter(isOwnCondition) } as ApplicationPersonaStatus;
}

const failing = new Set<string>([
  readyReasons.podsFailing,
  readyReasons.rolloutStalled,
  readyReasons.unavailable,
]);

function isFailing({ conditions = [] }: ApplicationPersonaStatus): boolean {
  const ready = conditions.find(({ type }) => type === applicationConditions.ready);
  return ready !== undefined && failing.has(ready.reason);
}

function findNextLook(
  { around, now }: ApplicationFacts,
  observation: ApplicationObservation,
  { conditions = [] }: ApplicationPersonaStatus,
): number | undefined {
  const isProgressing = conditions.some(({ reason }) => isUnderWay(reason));
  const graceEndsAt = isProgressing ? findGraceEnd(observation) : undefined;
  const times = [...(graceEndsAt === undefined ? [] : [graceEndsAt + 1]), ...listDates(around)];
  const coming = times.filter((at) => at > now.getTime());
  return coming.length === 0 ? undefined : Math.min(...coming);
}

/** Instants at which the cluster's levels and exceptions change by themselves, and at which an autoscaler counts as missing. */
function listDates({ clusterPersona }: Neighbourhood): number[] {
  return clusterPersona === undefined ? [] : datesOf(clusterPersona);
}

// The same object for all personas: its dates are read once.
const known = new WeakMap<ClusterPersona, number[]>();

function datesOf(clusterPersona: ClusterPersona): number[] {
  const dates = known.get(clusterPersona) ?? readDates(clusterPersona);
  known.set(clusterPersona, dates);
  return dates;
}

function readDates({ spec }: ClusterPersona): number[] {
  const rules = Array.isArray(spec.rules) ? spec.rules : [];
  const exceptions = Array.isArray(spec.exceptions) ? spec.exceptions : [];
  const texts = [...rules.map((rule) => rule.enforceFrom), ...exceptions.map(({ until }) => until)];
  return texts.map(parseInstant).filter((at) => at !== undefined);
}
