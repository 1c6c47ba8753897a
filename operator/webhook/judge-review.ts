// From a review to its answer: found in the caches, judged by the rules, decided; without a question to anybody.
import { formatProbeAnswer, probeAnnotation } from '../../src/api/admission-probe.ts';
import { fieldAt } from '../../src/api/foreign-fields.ts';
import { findClaims, weighClaim, type Claim } from '../../src/rules/admission.ts';
import { decideTogether, type Decision } from '../../src/rules/decide.ts';
import { resolveMode, type Mode } from '../../src/rules/mode.ts';
import { replicasAboveMax } from '../../src/rules/scaling/replicas-above-max.ts';
import { replicasBelowMin } from '../../src/rules/scaling/replicas-below-min.ts';
import { replicas } from '../../src/rules/scaling/replicas.ts';
import { product } from '../product.ts';
import { readLabels, type JudgementCaches } from '../watched/around.ts';
import { within } from '../watched/watched.ts';
import { openWorkload, watchedWorkloads } from '../watched/workloads.ts';
import { createGather } from './gather.ts';
import type { Review } from './review.ts';
import { isJudged, readSubject, type FindWorkload } from './subject.ts';

/** What comes of a review. */
export type Verdict =
  { kind: 'no-opinion' | 'decided'; decision: Decision } | { kind: 'not-known'; mode: Mode; why: string };

/** What reviews are judged by. */
export interface JudgeParts {
  caches: JudgementCaches;
  /** The operator's option. */
  mode: Mode;
  /** Milliseconds since the epoch. */
  now: () => number;
}

const noOpinion: Verdict = { kind: 'no-opinion', decision: { allowed: true, warnings: [] } };

/** What a change of the number alone can break. */
const scaleRules: ReadonlySet<string> = new Set([replicas.id, replicasBelowMin.id, replicasAboveMax.id]);

/** Judges reviews; what is not known yet is said. Throws nothing but faults of ours. */
export function createReviewJudge({ caches, mode, now }: JudgeParts): (review: Review) => Verdict {
  const gather = createGather(caches);
  const find = createFinder(caches);
  return (review) => {
    if (!isJudged(review)) return noOpinion;
    const missing = findMissing(caches);
    if (missing !== undefined) return describeMissing(caches, mode, review, missing);
    if (isProbe(review)) return answerProbe(resolveNamespaceMode(caches, mode, review.namespace));
    const subject = readSubject(review, find);
    if (subject === undefined) return noOpinion;
    const claims = findClaims(gather(subject, mode));
    const counted = subject.isScale ? claims.flatMap(keepScale) : claims;
    const at = new Date(now());
    const decision = decideTogether(counted.map((claim) => weighClaim(claim, at)));
    return { kind: 'decided', decision };
  };
}

/** Only what is never kept is let through unjudged. */
function isProbe({ operation, isDryRun, object }: Review): boolean {
  return (
    isDryRun &&
    operation === 'CREATE' &&
    fieldAt(object, 'metadata', 'annotations', probeAnnotation) !== undefined
  );
}

function answerProbe(mode: Mode): Verdict {
  const warning = formatProbeAnswer({ version: product.version, mode });
  return { kind: 'no-opinion', decision: { allowed: true, warnings: [warning] } };
}

/** Whether it enforces where nothing but the namespace is known: for answers that no rule gives. */
export function resolveNamespaceMode(
  caches: Pick<JudgementCaches, 'namespaces'>,
  option: Mode,
  namespace: string,
): Mode {
  return resolveMode(option, readLabels(caches, namespace), new Map());
}

/** Of a workload without a persona nothing is said again because it is scaled. */
function keepScale(claim: Claim): Claim[] {
  const { persona, mode, violations, context } = claim;
  if (persona === undefined) return [];
  const isOfScale = ({ rule }: { rule: string }) => scaleRules.has(rule);
  return [
    {
      persona,
      mode,
      violations: violations.filter(isOfScale),
      get violationsBefore() {
        return claim.violationsBefore?.filter(isOfScale);
      },
      context,
    },
  ];
}

function createFinder({ workloads }: JudgementCaches): FindWorkload {
  const byResource = new Map(
    watchedWorkloads.map(({ resource }, index) => [resource.plural, workloads[index]] as const),
  );
  return (resource, namespace, name) => {
    const watched = byResource.get(resource)?.get(within(namespace, name));
    return watched && openWorkload(watched);
  };
}

/** The first cache without its first list. */
function findMissing(caches: JudgementCaches): string | undefined {
  const { personas, namespaces, clusterPersonas, workloads, autoscalers, budgets, services } = caches;
  const all = [personas, namespaces, clusterPersonas, ...workloads, ...autoscalers, budgets, services];
  return all.find(({ isSynced }) => !isSynced)?.name.replace('cache ', '');
}

function describeMissing(
  caches: JudgementCaches,
  option: Mode,
  { namespace }: Review,
  missing: string,
): Verdict {
  return {
    kind: 'not-known',
    mode: resolveNamespaceMode(caches, option, namespace),
    why: `the operator has not seen all ${missing} yet`,
  };
}
