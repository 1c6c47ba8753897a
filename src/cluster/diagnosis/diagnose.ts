// Joins what is seen of a workload that is not up into causes: root causes first, each once, with how many pods show it.
import { textOf, fieldAt } from '../../api/foreign-fields.ts';
import { compareText } from '../../api/compare-text.ts';
import type { Workload } from '../../workload/workload.ts';
import { causeCodes, type Cause } from './cause.ts';
import { findCreationCauses, findRolloutCauses } from './creation-causes.ts';
import { readEvents, type ObjectEvent } from './event.ts';
import { findImageCause } from './image-causes.ts';
import type { PodCause, PodEvidence } from './pod-evidence.ts';
import { readPodState, type PodState } from './pod-state.ts';
import { findProbeCause } from './probe-causes.ts';
import { findReferenceCauses, type CheckedReference } from './reference-causes.ts';
import { findPodCauses } from './scheduling-causes.ts';
import { findStartCause } from './start-causes.ts';
import { findTerminationCause } from './termination-causes.ts';

/** Everything seen of one workload that is not up, as the API server holds it. */
export interface Evidence {
  workload: Workload;
  namespace: string;
  /** Its ReplicaSets, newest first; empty for other kinds than Deployments. */
  replicaSets: readonly unknown[];
  pods: readonly unknown[];
  /** Events of its pods, its ReplicaSets and itself. */
  events: readonly unknown[];
  references: readonly CheckedReference[];
}

/** More causes nobody reads; the first are the gravest. */
export const maxCauses = 10;

/** Why it is not up; empty where nothing is known against it. Never throws. */
export function diagnose({ workload, namespace, replicaSets, pods, events, references }: Evidence): Cause[] {
  const latest = readEvents(events);
  const states = pods.map(readPodState).filter(isInQuestion);
  const target = `${workload.kind.toLowerCase()}/${workload.name}`;
  const about = {
    workload,
    namespace,
    target,
    replicaSets,
    references,
    events: latest.filter(({ kind }) => kind !== 'Pod'),
  };
  const isMeantToEnd = workload.kind === 'Job' || workload.kind === 'CronJob';
  const causes = mergeCauses([
    ...findCreationCauses(about),
    ...findReferenceCauses(references, namespace),
    ...states.flatMap((pod) =>
      listPodCauses({ pod, namespace, target, isMeantToEnd, events: eventsOf(pod, latest) }),
    ),
  ]);
  // A passed deadline is a consequence where a cause is known; a pause is said in any case.
  const rollout = findRolloutCauses(about).filter(
    ({ code }) => code === 'RolloutPaused' || causes.length === 0,
  );
  return [...causes, ...rollout].slice(0, maxCauses);
}

/** What is done, on its way out or ready needs no explanation. */
function isInQuestion({ phase, isReady, isTerminating }: PodState): boolean {
  return phase !== 'Succeeded' && !isReady && !isTerminating;
}

const eventsOf = ({ uid }: PodState, events: readonly ObjectEvent[]) =>
  events.filter((event) => event.uid === uid);

function listPodCauses(evidence: PodEvidence): Cause[] {
  const ofContainers = evidence.pod.containers.flatMap((container) => {
    const about = { ...evidence, container };
    const found = findImageCause(about) ?? findStartCause(about) ?? findTerminationCause(about);
    return [found, found === undefined || container.isRunning ? findProbeCause(about) : undefined];
  });
  return [...findPodCauses(evidence), ...ofContainers]
    .filter((cause): cause is PodCause => cause !== undefined)
    .map((cause) => ({ ...cause, pods: 1 }));
}

/** One cause a subject and code: the first wording counts, pods add up. What was seen to be missing beats not being able to look. */
function mergeCauses(causes: readonly Cause[]): Cause[] {
  const merged = new Map<string, Cause>();
  for (const cause of causes) {
    const id = `${cause.code} ${cause.subject}`;
    const known = merged.get(id);
    merged.set(id, known === undefined ? cause : { ...known, pods: known.pods + cause.pods });
  }
  const all = [...merged.values()];
  const explained = new Set(
    all.filter(({ code }) => code !== 'ReferenceUnseen').map(({ subject }) => subject),
  );
  return all
    .filter(({ code, subject }) => code !== 'ReferenceUnseen' || !isExplained(subject, explained))
    .sort(
      (left, right) =>
        causeCodes.indexOf(left.code) - causeCodes.indexOf(right.code) ||
        compareText(left.subject, right.subject),
    );
}

/** `Secret/shop-db` is explained by causes about itself and about its keys. */
function isExplained(subject: string, explained: ReadonlySet<string>): boolean {
  return [...explained].some((other) => other === subject || other.startsWith(`${subject}/`));
}

/** The uids of the pods that a diagnosis asks about, at most `most`: those whose Events are worth reading. */
export function listPodsInQuestion(pods: readonly unknown[], most: number): string[] {
  return pods
    .filter((pod) => isInQuestion(readPodState(pod)))
    .slice(0, most)
    .map((pod) => textOf(fieldAt(pod, 'metadata', 'uid')));
}
