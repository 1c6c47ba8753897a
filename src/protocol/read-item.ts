// Reads items that a server has sent: what is missing or of another type reads as empty, what is unknown is passed over, nothing throws.
import { fieldAt, listOf, textOf } from '../api/foreign-fields.ts';
import { countAt, ifAny } from './foreign-words.ts';
import type { ClusterItem, DeploymentItem, EventItem, ItemOf, PersonaItem } from './items.ts';
import type { Topic } from './messages.ts';

const readers: { [T in Topic]: (value: unknown, identity: Identity) => ItemOf[T] | undefined } = {
  personas: readPersona,
  cluster: readCluster,
  deployments: readDeployment,
  events: readEvent,
};

interface Identity {
  name: string;
  resourceVersion: string;
}

/** The item; undefined where it has no name or no version, so that nothing could be done with it. */
export function readItem<T extends Topic>(topic: T, value: unknown): ItemOf[T] | undefined {
  const identity = { name: text(value, 'name'), resourceVersion: text(value, 'resourceVersion') };
  if (identity.name === '' || identity.resourceVersion === '') return undefined;
  return readers[topic](value, identity);
}

function text(value: unknown, ...path: string[]): string {
  return textOf(fieldAt(value, ...path));
}

function readPersona(value: unknown, identity: Identity): PersonaItem {
  const issues = fieldAt(value, 'issues');
  const argoCD = fieldAt(value, 'argoCD');
  return {
    namespace: text(value, 'namespace'),
    ...identity,
    appName: text(value, 'appName'),
    type: text(value, 'type'),
    tier: text(value, 'tier'),
    phase: text(value, 'phase'),
    health: text(value, 'health'),
    ...ifAny('ready', text(value, 'ready')),
    ...ifAny('reason', text(value, 'reason')),
    ...ifAny('message', text(value, 'message')),
    ...ifAny('replicas', text(value, 'replicas')),
    ...(isObject(issues)
      ? {
          issues: {
            errors: countAt(issues, 'errors'),
            warnings: countAt(issues, 'warnings'),
            infos: countAt(issues, 'infos'),
          },
        }
      : {}),
    ...(isObject(argoCD) ? { argoCD: { sync: text(argoCD, 'sync'), health: text(argoCD, 'health') } } : {}),
    ...ifAny('team', text(value, 'team')),
    ...ifAny('changedAt', text(value, 'changedAt')),
    createdAt: text(value, 'createdAt'),
    ...readWhole('persona', value),
  };
}

function readCluster(value: unknown, identity: Identity): ClusterItem {
  return {
    ...identity,
    environment: text(value, 'environment'),
    phase: text(value, 'phase'),
    kubernetesVersion: text(value, 'kubernetesVersion'),
    platform: text(value, 'platform'),
    nodeCount: countAt(value, 'nodeCount'),
    applicationCount: countAt(value, 'applicationCount'),
    addons: listOf(fieldAt(value, 'addons')).map((addon) => ({
      name: text(addon, 'name'),
      type: text(addon, 'type'),
      version: text(addon, 'version'),
      health: text(addon, 'health'),
    })),
    ...ifAny('changedAt', text(value, 'changedAt')),
    createdAt: text(value, 'createdAt'),
    ...readWhole('cluster', value),
  };
}

function readDeployment(value: unknown, identity: Identity): DeploymentItem {
  return {
    namespace: text(value, 'namespace'),
    ...identity,
    appName: text(value, 'appName'),
    replicas: countAt(value, 'replicas'),
    updated: countAt(value, 'updated'),
    ready: countAt(value, 'ready'),
    available: countAt(value, 'available'),
    images: listOf(fieldAt(value, 'images')).map(textOf),
    generation: countAt(value, 'generation'),
    observedGeneration: countAt(value, 'observedGeneration'),
    createdAt: text(value, 'createdAt'),
    ...readWhole('deployment', value),
  };
}

const severities = ['error', 'warning', 'info'] as const;

function readEvent(value: unknown, identity: Identity): EventItem | undefined {
  const namespace = text(value, 'namespace');
  const at = text(value, 'at');
  switch (text(value, 'kind')) {
    case 'validation':
      return {
        kind: 'validation',
        namespace,
        ...identity,
        passed: fieldAt(value, 'passed') === true,
        issueCount: countAt(value, 'issueCount'),
        severity: severities.find((one) => one === fieldAt(value, 'severity')) ?? '',
        issues: listOf(fieldAt(value, 'issues')).map((issue) => ({
          severity: text(issue, 'severity'),
          rule: text(issue, 'rule'),
          field: text(issue, 'field'),
          message: text(issue, 'message'),
          suggestion: text(issue, 'suggestion'),
        })),
        at,
      };
    case 'occurrence':
      return {
        kind: 'occurrence',
        namespace,
        ...identity,
        eventName: text(value, 'eventName'),
        type: text(value, 'type'),
        reason: text(value, 'reason'),
        message: text(value, 'message'),
        count: countAt(value, 'count'),
        at,
      };
    default:
      return undefined;
  }
}

function readWhole<N extends string>(name: N, value: unknown): { [K in N]?: object } {
  const whole = fieldAt(value, name);
  return isObject(whole) ? ({ [name]: whole } as { [K in N]?: object }) : {};
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
