// What is known around the subject of a review, looked up in the caches: a few objects, however many there are.
import type { AdmissionInput, Situation } from '../../src/rules/admission.ts';
import type { Mode } from '../../src/rules/mode.ts';
import { findRung, listClaimableNames, rungs } from '../../src/workload/belongs-to.ts';
import type { Workload } from '../../src/workload/workload.ts';
import {
  findClusterPersona,
  gatherSurroundings,
  noLabels,
  openLabels,
  toClaimant,
  unique,
  type JudgementCaches,
} from '../watched/around.ts';
import { findClaimants, findClaimed } from '../watched/ownership.ts';
import { openAutoscaler, openBudget, openService } from '../watched/surroundings.ts';
import { openPersona, type WatchedPersona } from '../watched/personas.ts';
import { openWorkload, type WatchedWorkload } from '../watched/workloads.ts';
import { createRecent } from './recent.ts';
import type { Subject } from './subject.ts';

/** Looks up what a review needs. */
export type Gather = (subject: Subject, mode: Mode) => AdmissionInput;

/** Personas that one workload is judged by, strongest claim first: more is a mistake, which the findings of these say. */
const mostPersonas = 20;

/** Opened personas that are kept, a few kilobytes each. */
const mostOpened = 2000;
/** Of each other kind: a kilobyte or less each. */
const mostOpenedAround = 1000;

/** Of these caches. */
export function createGather(caches: JudgementCaches): Gather {
  const open = createRecent(openPersona, mostOpened);
  const openLabelsOf = createRecent(openLabels, mostOpenedAround);
  const openers = {
    openAutoscaler: createRecent(openAutoscaler, mostOpenedAround),
    openBudget: createRecent(openBudget, mostOpenedAround),
    openService: createRecent(openService, mostOpenedAround),
  };
  const labelsOf = (name: string) => {
    const namespace = caches.namespaces.get(name);
    return namespace === undefined ? noLabels : openLabelsOf(namespace);
  };
  const describe = (workload: Workload): Situation => {
    const { namespace } = workload;
    const candidates = findCandidates(caches, workload);
    const names = candidates.map(({ application }) => application);
    return {
      workload,
      personas: candidates.map(open),
      workloads: candidates.flatMap((persona) => findStronger(caches, persona, workload)),
      surroundings: gatherSurroundings(caches, { namespace, names }, [workload], openers),
    };
  };
  return ({ workload, before }, mode) => ({
    ...describe(workload),
    before:
      before &&
      (() => {
        const standing = before();
        return standing && describe(standing);
      }),
    clusterPersona: findClusterPersona(caches),
    namespaceLabels: labelsOf(workload.namespace),
    mode,
  });
}

/** Personas that can claim the workload, strongest claim first. */
function findCandidates(caches: JudgementCaches, workload: Workload): WatchedPersona[] {
  const { namespace } = workload;
  const claims = [...new Set(listClaimableNames(workload).flat())];
  const found = unique(findClaimants(caches, { namespace, claims }));
  if (found.length < 2) return found;
  const rungOf = (persona: WatchedPersona) => rungIn(persona, workload);
  return found.toSorted((left, right) => rungOf(left) - rungOf(right)).slice(0, mostPersonas);
}

function rungIn(persona: WatchedPersona, workload: Workload): number {
  return findRung(toClaimant(persona), workload) ?? rungs.length;
}

// Names by rung, of as many workloads as have ever been rivals: next to nothing each.
const claimableNames = new WeakMap<WatchedWorkload, ReturnType<typeof listClaimableNames>>();

/** Another workload that the persona claims more strongly, if there is one: then it does not claim this one. */
function findStronger(caches: JudgementCaches, persona: WatchedPersona, workload: Workload): Workload[] {
  const { kind, name } = workload;
  let weakest = rungIn(persona, workload);
  if (weakest === 0) return [];
  let strongest: WatchedWorkload | undefined;
  for (const other of findClaimed(caches, persona.namespace, persona.application)) {
    const rung = findRungOf(other, persona.application);
    if (rung >= weakest || (other.kind === kind && other.name === name)) continue;
    weakest = rung;
    strongest = other;
  }
  return strongest === undefined ? [] : [openWorkload(strongest)].filter((one) => one !== undefined);
}

function findRungOf(watched: WatchedWorkload, application: string): number {
  const names = claimableNames.get(watched) ?? readNames(watched);
  claimableNames.set(watched, names);
  const rung = names.findIndex((those) => those.includes(application));
  return rung < 0 ? rungs.length : rung;
}

function readNames(watched: WatchedWorkload): ReturnType<typeof listClaimableNames> {
  const workload = openWorkload(watched);
  return workload === undefined ? [] : listClaimableNames(workload);
}
