// Reads a workload out of any JSON: from a file or a cluster, and malformed wherever it likes.
import { fieldAt, fieldsOf, listOf, textOf } from '../api/foreign-fields.ts';
import { readPod } from './pod.ts';
import { readReplicasManagers } from './replicas-managers.ts';
import { readSelector } from './selector.ts';
import { readText, readTextMap } from './text-map.ts';
import { readUpdateStrategy } from './update-strategy.ts';
import { type Workload, type WorkloadKind, workloadKinds } from './workload.ts';

/** API groups of each kind: a Deployment of another group is somebody else's. `extensions` is what old files still say. */
const groups: Record<WorkloadKind, readonly string[]> = {
  Deployment: ['apps', 'extensions'],
  StatefulSet: ['apps'],
  DaemonSet: ['apps', 'extensions'],
  ReplicaSet: ['apps', 'extensions'],
  CronJob: ['batch'],
  Job: ['batch'],
  Rollout: ['argoproj.io'],
  Pod: [''],
};

/** The snapshot of a workload; undefined for every other object and for what is none. Never throws. */
export function readWorkload(object: unknown): Workload | undefined {
  const kind = workloadKinds.find((known) => known === fieldAt(object, 'kind'));
  const apiVersion = textOf(fieldAt(object, 'apiVersion'));
  if (kind === undefined || !groups[kind].includes(groupOf(apiVersion))) return undefined;
  const metadata = fieldAt(object, 'metadata');
  const spec = fieldsOf(fieldAt(object, 'spec'));
  const template = findTemplate(kind, object);
  return {
    apiVersion,
    kind,
    ...readIdentity(metadata),
    labels: readTextMap(fieldAt(metadata, 'labels')),
    annotations: readTextMap(fieldAt(metadata, 'annotations')),
    ownerReferences: listOf(fieldAt(metadata, 'ownerReferences')).map(readOwner),
    replicas: fieldAt(spec, 'replicas') ?? undefined,
    replicasManagers: readReplicasManagers(fieldAt(metadata, 'managedFields')),
    strategy: readUpdateStrategy(kind, spec),
    selector: readSelector(fieldAt(spec, 'selector')),
    templatePath: template.path,
    pod: readPod(template.value, template.path === '' ? 'spec' : `${template.path}.spec`),
    spec,
    status: fieldsOf(fieldAt(object, 'status')),
  };
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

function readIdentity(metadata: unknown) {
  const uid = readText(fieldAt(metadata, 'uid'));
  const generation = fieldAt(metadata, 'generation');
  const createdAt = readText(fieldAt(metadata, 'creationTimestamp'));
  return {
    name: textOf(fieldAt(metadata, 'name')),
    namespace: textOf(fieldAt(metadata, 'namespace')),
    ...(uid === undefined ? {} : { uid }),
    ...(typeof generation === 'number' ? { generation } : {}),
    ...(createdAt === undefined ? {} : { createdAt }),
  };
}

function findTemplate(kind: WorkloadKind, object: unknown): { value: unknown; path: string } {
  if (kind === 'Pod') return { value: object, path: '' };
  const steps = kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template'] : ['spec', 'template'];
  return { value: fieldAt(object, ...steps), path: steps.join('.') };
}

function readOwner(value: unknown): Workload['ownerReferences'][number] {
  return {
    kind: textOf(fieldAt(value, 'kind')),
    name: textOf(fieldAt(value, 'name')),
    uid: textOf(fieldAt(value, 'uid')),
    controller: fieldAt(value, 'controller') === true,
  };
}
