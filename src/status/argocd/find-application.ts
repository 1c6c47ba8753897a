// Which Application deploys a persona's workload: by what it manages, then by the workload's tracking annotation, then by name.
import { compareText } from '../../api/compare-text.ts';
import type { Workload } from '../../workload/workload.ts';
import type { ArgoApplication } from './application.ts';

/** The persona with its workloads. */
export interface ArgoSubject {
  namespace: string;
  /** spec.name. */
  application: string;
  workloads: readonly Workload[];
}

/** This cluster as Applications call it. */
export interface ArgoCluster {
  /** URLs of its API server without a slash at the end; that of the cluster's inside is known. */
  servers: readonly string[];
}

const inside = 'https://kubernetes.default.svc';

/** Argo CD's own name for the cluster that it runs in. */
const insideName = 'in-cluster';

/** Whether it deploys to this cluster. */
export function isForThisCluster({ destination }: ArgoApplication, { servers }: ArgoCluster): boolean {
  if (destination.server === '') return destination.name === insideName;
  const server = destination.server.replace(/\/+$/, '');
  return server === inside || server === `${inside}.cluster.local` || servers.includes(server);
}

/**
 * The Application; undefined where there is none. Of several on the same rung the first by namespace and name counts. Those of other clusters
 * are none of ours, and a name alone counts within the destination's namespace only.
 */
export function findApplication(
  subject: ArgoSubject,
  applications: readonly ArgoApplication[],
  cluster: ArgoCluster,
): ArgoApplication | undefined {
  const here = applications
    .filter((application) => isForThisCluster(application, cluster))
    .sort(
      (left, right) => compareText(left.namespace, right.namespace) || compareText(left.name, right.name),
    );
  const managed = new Set(subject.workloads.map(toManaged));
  const tracked = new Set(subject.workloads.flatMap(readTracking));
  const labelled = new Set([...subject.workloads.flatMap(readTrackingLabels), subject.application]);
  return (
    here.find(({ workloads }) => workloads.some((workload) => managed.has(workload))) ??
    here.find(({ namespace, name }) => tracked.has(name) || tracked.has(`${namespace}_${name}`)) ??
    here.find(({ name, destination }) => labelled.has(name) && destination.namespace === subject.namespace)
  );
}

/** As {@link ArgoApplication.workloads} has it. */
export function toManaged({ namespace, kind, name }: Workload): string {
  return `${namespace}/${kind}/${name}`;
}

const trackingAnnotation = 'argocd.argoproj.io/tracking-id';
const trackingLabels = ['argocd.argoproj.io/instance', 'app.kubernetes.io/instance'];

/** Every name by which an Application of the workload may be found. */
export function readTrackingNames(workload: Workload): string[] {
  return [...readTracking(workload), ...readTrackingLabels(workload)];
}

/** Names of Applications that the workload's annotation says: `name`, or `namespace_name`. It counts only where it means this very workload: copies carry it along. */
function readTracking(workload: Workload): string[] {
  const annotation = workload.annotations.get(trackingAnnotation);
  return annotation === undefined ? [] : readTrackingId(annotation, workload);
}

/** Names that labels say. Helm and others write them as well: they are names like any other. */
function readTrackingLabels({ annotations, labels }: Workload): string[] {
  if (annotations.has(trackingAnnotation)) return [];
  return trackingLabels.flatMap((key) => labels.get(key) ?? []);
}

/** `application:group/Kind:namespace/name` */
function readTrackingId(text: string, { kind, namespace, name }: Workload): string[] {
  const match = /^([^:]{1,253}):([^:/]*)\/([^:/]+):([^:/]*)\/([^:/]+)$/.exec(text);
  if (match === null) return [];
  const [, application = '', , taggedKind, taggedNamespace, taggedName] = match;
  const isMeant = taggedKind === kind && taggedNamespace === namespace && taggedName === name;
  return isMeant ? [application] : [];
}
