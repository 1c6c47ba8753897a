// Asks the cluster why a workload is not up: with the user's own rights, in a bounded number of requests, keeping nothing.
import { compareText } from '../../api/compare-text.ts';
import { fieldAt, listOf, textOf } from '../../api/foreign-fields.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { KubeObject } from '../../kube/objects.ts';
import { resources } from '../../kube/resources.ts';
import { findPodsOf } from '../../status/pods.ts';
import type { Workload } from '../../workload/workload.ts';
import { readPart, type Part, type Unseen } from '../gather/part.ts';
import { formatSelector } from '../gather/pods-of.ts';
import type { Cause } from './cause.ts';
import { checkReferences } from './check-references.ts';
import { diagnose, listPodsInQuestion } from './diagnose.ts';
import { listReferences } from './references.ts';

/** Which workload. */
export interface DiagnosisSubject {
  workload: Workload;
  /** Pods of the namespace as the API has them; those of other workloads are passed over. */
  pods: readonly KubeObject[];
  /** Runs of CronJobs, newest first. */
  madeJobs: readonly Workload[];
  signal?: AbortSignal | undefined;
}

/** Why, as far as it could be seen. */
export interface Diagnosis {
  causes: readonly Cause[];
  unseen: readonly Unseen[];
}

/** Pods whose Events are read; the others of a workload fail alike. */
const MAX_PODS_WITH_EVENTS = 5;
const MAX_EVENTS = 100;
const MAX_REPLICA_SETS = 100;

/** @throws KubeError where the cluster does not answer at all */
export async function diagnoseWorkload(client: KubeClient, subject: DiagnosisSubject): Promise<Diagnosis> {
  const { workload, signal } = subject;
  const { namespace } = workload;
  const pods = findPodsOf(workload, subject.pods);
  const uids = [...listPodsInQuestion(pods, MAX_PODS_WITH_EVENTS), ...listControllers(subject)];
  const [replicaSets, references, ...events] = await Promise.all([
    readReplicaSets(client, workload, signal),
    checkReferences(client, listReferences(listSpecs(workload, pods)), { namespace, signal }),
    ...uids.map((uid) =>
      readPart(client, resources.events, {
        namespace,
        fieldSelector: `involvedObject.uid=${uid}`,
        most: MAX_EVENTS,
        signal,
      }),
    ),
  ]);
  const unseen = [replicaSets, ...events].flatMap((part) => part.unseen ?? []);
  return {
    causes: diagnose({
      workload,
      namespace,
      replicaSets: replicaSets.objects,
      pods,
      events: events.flatMap(({ objects }) => objects),
      references,
    }),
    unseen: unseen.filter(
      ({ resource }, index) => unseen.findIndex((other) => other.resource === resource) === index,
    ),
  };
}

/** What the template names, and the claims that a StatefulSet or an ephemeral volume makes for a pod. */
function listSpecs(workload: Workload, pods: readonly unknown[]): unknown {
  const claims = pods
    .slice(0, MAX_PODS_WITH_EVENTS)
    .flatMap((pod) => listOf(fieldAt(pod, 'spec', 'volumes')))
    .filter((volume) => fieldAt(volume, 'persistentVolumeClaim') !== undefined);
  const volumes = [...listOf(workload.pod.spec['volumes']), ...claims];
  return { ...workload.pod.spec, volumes };
}

/** The uids of what makes the pods and tells of refusals in Events alone. */
function listControllers({ workload, madeJobs }: DiagnosisSubject): string[] {
  if (workload.kind === 'Deployment' || workload.kind === 'Pod') return [];
  const runs = madeJobs.filter(({ ownerReferences }) =>
    ownerReferences.some(({ uid }) => uid === workload.uid),
  );
  return [workload.uid, runs[0]?.uid].filter((uid): uid is string => uid !== undefined && uid !== '');
}

async function readReplicaSets(
  client: KubeClient,
  workload: Workload,
  signal: AbortSignal | undefined,
): Promise<Part> {
  if (workload.kind !== 'Deployment' || workload.selector === undefined)
    return { objects: [], unseen: undefined, isCut: false };
  const part = await readPart(client, resources.replicaSets, {
    namespace: workload.namespace,
    labelSelector: formatSelector(workload.selector),
    most: MAX_REPLICA_SETS,
    signal,
  });
  const own = part.objects.filter(({ metadata }) =>
    metadata.ownerReferences?.some(({ uid }) => uid === workload.uid),
  );
  return { ...part, objects: own.sort((left, right) => compareText(createdAt(right), createdAt(left))) };
}

const createdAt = (object: KubeObject) => textOf(object.metadata.creationTimestamp);
