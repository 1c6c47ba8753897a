// A small application that a rule can be asked about: each case says only what is different about it.
import { applyApplicationPersonaDefaults, applyClusterPersonaDefaults } from '../../src/api/defaults.ts';
import type {
  ApplicationPersona,
  ApplicationPersonaStatus,
  ClusterPersona,
  EffectiveClusterPersona,
} from '../../src/api/personas.ts';
import { evaluateRule } from '../../src/rules/evaluate.ts';
import type { Rule } from '../../src/rules/rule.ts';
import type { RuleInput } from '../../src/rules/rule-input.ts';
import { settleInput } from '../../src/rules/settle-input.ts';
import { readSurroundings } from '../../src/workload/read-surroundings.ts';
import { readWorkload } from '../../src/workload/read-workload.ts';

/** Fields of an object that are laid over what is there; lists and null replace. */
export type Patch = Readonly<Record<string, unknown>>;

/** What is different about the shop. */
export interface ShopParts {
  /** Laid over the persona's spec (api, tier standard, nothing else). */
  persona?: Patch;
  /** The persona's status; undefined: there is none. */
  status?: Patch;
  /** Laid over the workload, a Deployment with one container `shop` and two replicas. */
  workload?: Patch;
  /** Laid over the container. */
  container?: Patch;
  /** Containers and init containers beside it. */
  beside?: readonly Patch[];
  initContainers?: readonly Patch[];
  /** Laid over the pod's spec. */
  pod?: Patch;
  /** Objects around: their kind, and what is different from one that fits the shop. Undefined: nothing can be seen. */
  around?: readonly Patch[] | 'unseen';
  source?: RuleInput['source'];
  /** Laid over the spec of a ClusterPersona of defaults; undefined: there is none. */
  cluster?: Patch;
  /** Other personas that claim the shop. */
  rivals?: readonly string[];
}

const labels = { 'app.kubernetes.io/name': 'shop' };

const shop = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop', namespace: 'store', labels },
  spec: {
    replicas: 2,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: {} },
  },
};

const around: Readonly<Record<string, Patch>> = {
  HorizontalPodAutoscaler: {
    apiVersion: 'autoscaling/v2',
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' }, maxReplicas: 6 },
  },
  ScaledObject: { apiVersion: 'keda.sh/v1alpha1', spec: { scaleTargetRef: { name: 'shop' } } },
  PodDisruptionBudget: { apiVersion: 'policy/v1', spec: { selector: { matchLabels: labels } } },
  Service: { apiVersion: 'v1', spec: { selector: labels, ports: [{ port: 80, targetPort: 8080 }] } },
};

/** Lays `patch` over `base`, objects into each other; lists, values and null replace. */
export function lay(base: unknown, patch: unknown): unknown {
  if (!isObject(base) || !isObject(patch)) return patch === undefined ? base : patch;
  const keys = new Set([...Object.keys(base), ...Object.keys(patch)]);
  return Object.fromEntries([...keys].map((key) => [key, lay(base[key], patch[key])]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object of the case's workload. */
export function shopObject(parts: ShopParts): unknown {
  const container = lay({ name: 'shop', image: 'ghcr.io/acme/shop:1.4.2' }, parts.container);
  const pod = lay(
    {
      containers: [container, ...(parts.beside ?? [])],
      ...(parts.initContainers && { initContainers: parts.initContainers }),
    },
    parts.pod,
  );
  const object = lay(shop, parts.workload) as { kind: string; spec: Record<string, unknown> };
  const spec = lay(pod, (lay({}, object.spec['template']) as { spec?: unknown }).spec);
  const template = { ...(object.spec['template'] as object), spec };
  if (object.kind !== 'CronJob') return { ...object, spec: { ...object.spec, template } };
  return { ...object, apiVersion: 'batch/v1', spec: { jobTemplate: { spec: { template } } } };
}

/** The input of the case. */
export function shopInput(parts: ShopParts): RuleInput {
  const object = shopObject(parts);
  const workload = readWorkload(object);
  if (!workload) throw new Error('no workload');
  const persona = {
    apiVersion: 'dorgu.io/v1',
    kind: 'ApplicationPersona',
    metadata: { name: 'shop', namespace: 'store' },
    spec: lay({ name: 'shop', type: 'api' }, parts.persona) as ApplicationPersona['spec'],
    ...(parts.status && { status: parts.status as ApplicationPersonaStatus }),
  } as const;
  const objects = (parts.around === 'unseen' ? [] : (parts.around ?? [])).map((patch) =>
    lay({ metadata: { name: 'shop', namespace: 'store' }, ...around[String(patch['kind'])] }, patch),
  );
  return settleInput({
    persona: applyApplicationPersonaDefaults(persona),
    workload,
    surroundings: parts.around === 'unseen' ? undefined : readSurroundings([object, ...objects]),
    clusterPersona: parts.cluster && createCluster(parts.cluster),
    namespaceLabels: new Map(),
    rivals: parts.rivals ?? [],
    source: parts.source ?? 'file',
  });
}

/** A ClusterPersona of defaults with the patch laid over its spec. */
export function createCluster(spec: Patch): EffectiveClusterPersona {
  return applyClusterPersonaDefaults({
    apiVersion: 'dorgu.io/v1',
    kind: 'ClusterPersona',
    metadata: { name: 'cluster' },
    spec: lay({ name: 'cluster' }, spec) as ClusterPersona['spec'],
  });
}

/** What the rule says of the case: `warning spec.replicas: 1, at least 2`, one line each; `not-applicable` where it has nothing to say. */
export function ask(rule: Rule, parts: ShopParts): readonly string[] | 'not-applicable' {
  const input = shopInput(parts);
  if (rule.evaluate(input) === 'not-applicable') return 'not-applicable';
  return evaluateRule(rule, input).map(
    ({ severity, field, object, actual, expected }) =>
      `${severity} ${object === undefined ? '' : `${object} `}${field.replace('spec.template.spec.', '')}: ${actual}, ${expected}`,
  );
}
