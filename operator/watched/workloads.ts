// The caches of everything that runs pods, and what they keep of it.
import { fieldAt, fieldsOf, listOf, textOf, type Fields } from '../../src/api/foreign-fields.ts';
import { resources, type Resource } from '../../src/kube/resources.ts';
import { isPlainSecret } from '../../src/rules/secrets/plain-secret.ts';
import { isMadeByWorkload, listClaimableNames, listContestedNames } from '../../src/workload/belongs-to.ts';
import { readWorkload } from '../../src/workload/read-workload.ts';
import { readText } from '../../src/workload/text-map.ts';
import type { Workload } from '../../src/workload/workload.ts';
import type { CacheOptions } from '../manager/cache.ts';
import { pack, unpack, within, type Watched } from './watched.ts';

/** A Deployment or one of its siblings. */
export interface WatchedWorkload extends Watched {
  kind: string;
  /** Names by which personas of its namespace can claim it. */
  claims: readonly string[];
  /** Those of the names whose personas may be rivals for it, although none of them is called like the other. */
  contested: readonly string[];
  /** The label `key=value` of its selector that its pods are found by; empty where it has none. */
  selected: string;
}

/** The workload, for rules and status. */
export function openWorkload(watched: WatchedWorkload): Workload | undefined {
  return readWorkload(unpack(watched));
}

/** Indices of the caches of workloads. */
export const workloadIndices = { claim: 'claim', contested: 'contested', selected: 'selected' } as const;

/** Longer values of annotations are cut: only their keys may be asked for. */
const maxAnnotationLength = 256;

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** Written by the API server into every pod template, and read by nobody here. */
const unreadOfPods = new Set(['dnsPolicy', 'schedulerName', 'terminationGracePeriodSeconds']);
const unreadOfContainers = new Set([
  ...['terminationMessagePath', 'terminationMessagePolicy', 'imagePullPolicy'],
  ...['command', 'args', 'env', 'envFrom'],
]);

/** One for nearly all of them. */
const uncontested: readonly string[] = [];

/** What is kept of a workload; undefined for what another workload has made, because it is judged there. */
function projectWorkload(resource: Resource, object: unknown): WatchedWorkload | undefined {
  const { group, version, kind } = resource;
  const metadata = fieldAt(object, 'metadata');
  const rest = {
    apiVersion: `${group}/${version}`,
    kind,
    metadata: keepMetadata(metadata),
    spec: keepSpec(fieldsOf(fieldAt(object, 'spec'))),
    status: keepStatus(fieldsOf(fieldAt(object, 'status'))),
  };
  const workload = readWorkload(rest);
  if (workload === undefined || isMadeByWorkload(workload)) return undefined;
  const [label] = workload.selector?.matchLabels ?? [];
  const { namespace, name, text } = pack(object, rest);
  const contested = listContestedNames(workload);
  // One literal, no spread: objects of one shape, with nothing beside themselves.
  return {
    namespace,
    name,
    text,
    kind,
    claims: [...new Set(listClaimableNames(workload).flat())],
    contested: contested.length === 0 ? uncontested : contested,
    selected: label === undefined ? '' : `${label[0]}=${label[1]}`,
  };
}

function keepMetadata(metadata: unknown): Fields {
  const { name, namespace, generation, creationTimestamp, labels, ownerReferences } = fieldsOf(metadata);
  const owners = listOf(ownerReferences).map((owner) => pick(owner, ['kind', 'name', 'uid', 'controller']));
  return {
    ...{ name, namespace, generation, creationTimestamp, labels },
    annotations: keepAnnotations(fieldAt(metadata, 'annotations')),
    ...(owners.length === 0 ? {} : { ownerReferences: owners }),
    managedFields: keepReplicasManagers(fieldAt(metadata, 'managedFields')),
  };
}

function keepAnnotations(value: unknown): Fields | undefined {
  const kept = Object.entries(fieldsOf(value)).map(([key, text]) => [
    key,
    key === lastApplied ? keepAppliedReplicas(text) : textOf(text).slice(0, maxAnnotationLength),
  ]);
  return kept.length === 0 ? undefined : (Object.fromEntries(kept) as Fields);
}

/** Of the file that was applied last only whether it says replicas. */
function keepAppliedReplicas(text: unknown): string {
  // A parse for each change of each object: worth it only where the word is there at all.
  if (!textOf(text).includes('"replicas"')) return '';
  try {
    const replicas = fieldAt(JSON.parse(textOf(text)), 'spec', 'replicas');
    return typeof replicas === 'number' ? JSON.stringify({ spec: { replicas } }) : '';
  } catch {
    // Somebody wrote into it: then it remembers nothing.
    return '';
  }
}

/** Who applies replicas is all that is read of the managed fields. */
function keepReplicasManagers(value: unknown): Fields[] | undefined {
  const entries = listOf(value).filter(
    (entry) =>
      fieldAt(entry, 'operation') === 'Apply' &&
      fieldAt(entry, 'fieldsV1', 'f:spec', 'f:replicas') !== undefined,
  );
  if (entries.length === 0) return undefined;
  return entries.map((entry) => ({
    manager: fieldAt(entry, 'manager'),
    operation: 'Apply',
    fieldsV1: { 'f:spec': { 'f:replicas': {} } },
  }));
}

function keepSpec(spec: Fields): Fields {
  const { template, jobTemplate, revisionHistoryLimit: _, ...rest } = spec;
  return {
    ...rest,
    ...(template === undefined ? {} : { template: keepTemplate(template) }),
    ...(jobTemplate === undefined
      ? {}
      : { jobTemplate: { spec: { template: keepTemplate(fieldAt(jobTemplate, 'spec', 'template')) } } }),
  };
}

function keepTemplate(template: unknown): Fields {
  const spec = fieldAt(template, 'spec');
  const containers = Object.fromEntries(
    ['containers', 'initContainers'].flatMap((field) => {
      const list = fieldAt(spec, field);
      return Array.isArray(list) ? [[field, list.map(keepContainer)]] : [];
    }),
  );
  return {
    metadata: pick(fieldAt(template, 'metadata'), ['labels', 'annotations']),
    spec: { ...fieldsOf(omit(spec, unreadOfPods)), ...containers },
  };
}

function keepContainer(container: unknown): unknown {
  const kept = omit(container, unreadOfContainers);
  const variables = keepVariables(fieldAt(container, 'env'));
  return variables.length === 0 ? kept : { ...fieldsOf(kept), env: variables };
}

/** Only those that a rule reports. The others, most of what a Deployment weighs, leave their places behind: findings name these. */
function keepVariables(env: unknown): (Fields | null)[] {
  const kept = listOf(env).map((variable) => {
    const { name, value } = fieldsOf(variable);
    return isPlainSecret({ name: textOf(name), value: readText(value) }) ? { name, value } : null;
  });
  return kept.slice(0, kept.findLastIndex((variable) => variable !== null) + 1);
}

/** Counters, conditions and the names of revisions; a CronJob's running Jobs are counted only. */
function keepStatus(status: Fields): Fields {
  const { conditions, active, collisionCount: _, ...rest } = status;
  const fields = Object.entries(rest).filter(([, value]) => typeof value !== 'object');
  return {
    ...Object.fromEntries(fields),
    ...(Array.isArray(active) ? { active: active.map(() => ({})) } : {}),
    ...(Array.isArray(conditions) ? { conditions: conditions.flatMap(keepCondition) } : {}),
  };
}

/** `Available` says what the counters say; that all goes well needs no words. */
function keepCondition(condition: unknown): Fields[] {
  const { type, message, ...rest } = fieldsOf(condition);
  if (type === 'Available') return [];
  const isFine = type === 'Progressing' && rest['status'] === 'True';
  return [{ type, ...rest, ...(isFine ? {} : { message }) }];
}

function pick(value: unknown, fields: readonly string[]): Fields {
  const found = fields.map((field) => [field, fieldAt(value, field)] as const);
  return Object.fromEntries(found.filter(([, kept]) => kept !== undefined));
}

function omit(value: unknown, fields: ReadonlySet<string>): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !fields.has(key)));
}

function watchWorkloads(resource: Resource, { isOptional = false } = {}): CacheOptions<WatchedWorkload> {
  return {
    resource,
    isOptional,
    project: (object) => projectWorkload(resource, object),
    indices: {
      [workloadIndices.claim]: ({ namespace, claims }) => claims.map((name) => within(namespace, name)),
      [workloadIndices.contested]: ({ namespace, contested }) =>
        contested.map((name) => within(namespace, name)),
      // Under the empty text: any pod of the namespace may be theirs. Those of a CronJob are found by its name.
      [workloadIndices.selected]: ({ namespace, selected, kind }) =>
        kind === 'CronJob' ? [] : [within(namespace, selected)],
    },
  };
}

/** One cache a kind; Argo's Rollouts only where they are installed. */
export const watchedWorkloads: readonly CacheOptions<WatchedWorkload>[] = [
  watchWorkloads(resources.deployments),
  watchWorkloads(resources.statefulSets),
  watchWorkloads(resources.daemonSets),
  watchWorkloads(resources.cronJobs),
  watchWorkloads(resources.jobs),
  watchWorkloads(resources.argoRollouts, { isOptional: true }),
];
