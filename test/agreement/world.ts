// Random namespaces of a cluster: workloads, personas, what is around them, and what the cluster's admins say. Few names, so that much of it meets.
import fc from 'fast-check';
import { personaSpec, personaStatus } from './persona-spec.ts';
import { ruleSettings } from './cluster-rules.ts';
import { workloadObject } from './workload-object.ts';
import { some } from './some.ts';

/** An object as the API server has it. */
export interface ApiObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string } & Record<string, unknown>;
  spec?: unknown;
  status?: unknown;
}

/** A cluster, as far as anything is judged by it. */
export interface World {
  namespaces: ApiObject[];
  personas: ApiObject[];
  clusterPersonas: ApiObject[];
  workloads: ApiObject[];
  /** HorizontalPodAutoscalers, PodDisruptionBudgets, Services. */
  around: ApiObject[];
}

export const now = new Date('2027-03-01T12:00:00Z');

export const namespaces = ['store', 'bank'] as const;
export const names = ['shop', 'till', 'cart'] as const;
export const name = fc.constantFrom(...names);
export const namespace = fc.constantFrom(...namespaces);

const mode = fc.constantFrom('advisory', 'enforcing', 'Enforcing');
const namespaceObjects = fc
  .tuple(
    ...namespaces.map((own) =>
      some({ 'dorgu.io/mode': mode, tier: fc.constantFrom('public', 'inner') }).map((labels): ApiObject => ({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: own, labels: { 'kubernetes.io/metadata.name': own, ...labels } },
      })),
    ),
  )
  .map((all) => [...all]);

const persona = fc
  .record({
    name: fc.constantFrom(...names, 'other'),
    namespace,
    annotations: some({ 'dorgu.io/mode': mode }),
    spec: personaSpec(name),
    status: personaStatus,
  })
  .map(({ spec, status, ...metadata }): ApiObject => ({
    apiVersion: 'dorgu.io/v1',
    kind: 'ApplicationPersona',
    metadata: { ...metadata, generation: 1 },
    spec,
    status,
  }));

const clusterPersona = fc
  .record({
    name: fc.constantFrom('east', 'west'),
    creationTimestamp: fc.constantFrom('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'),
    spec: ruleSettings,
  })
  .map(({ name: own, creationTimestamp, spec }): ApiObject => ({
    apiVersion: 'dorgu.io/v1',
    kind: 'ClusterPersona',
    metadata: { name: own, creationTimestamp },
    spec: { name: own, ...spec },
  }));

const target = fc
  .record({ kind: fc.constantFrom('Deployment', 'StatefulSet'), name })
  .map((one) => ({ apiVersion: 'apps/v1', ...one }));
const metric = fc.constantFrom('cpu', 'memory').map((resource) => ({
  type: 'Resource',
  resource: { name: resource, target: { type: 'Utilization', averageUtilization: 70 } },
}));
const autoscaler = fc.record({
  apiVersion: fc.constant('autoscaling/v2'),
  kind: fc.constant('HorizontalPodAutoscaler'),
  metadata: fc.record({ name: fc.constantFrom(...names, 'scaler'), namespace }),
  spec: fc.record(
    { scaleTargetRef: target, minReplicas: fc.nat(4), maxReplicas: fc.integer({ min: 1, max: 6 }), metrics: fc.array(metric, { maxLength: 2 }) },
    { requiredKeys: ['scaleTargetRef', 'maxReplicas'] },
  ),
}); // prettier-ignore

const selected = fc.oneof(
  name.map((app) => ({ app })),
  name.map((app) => ({ 'app.kubernetes.io/name': app })),
  fc.record({ app: name, tier: fc.constant('front') }),
);
const budget = fc.record({
  apiVersion: fc.constant('policy/v1'),
  kind: fc.constant('PodDisruptionBudget'),
  metadata: fc.record({ name, namespace }),
  spec: fc.oneof(
    fc.record({ selector: selected.map((matchLabels) => ({ matchLabels })), minAvailable: fc.constantFrom<unknown>(1, 2, '50%', '100%') }),
    fc.record({ selector: fc.constant({ matchExpressions: [{ key: 'app', operator: 'Exists' }] }), maxUnavailable: fc.constantFrom<unknown>(0, 1, '10%') }),
  ),
}); // prettier-ignore
const service = fc.record({
  apiVersion: fc.constant('v1'),
  kind: fc.constant('Service'),
  metadata: fc.record({ name, namespace }),
  spec: fc.record(
    { selector: selected, ports: fc.constantFrom([{ port: 80, targetPort: 8080 }], [{ port: 80, targetPort: 'http' }], [{ port: 80 }]) },
    { requiredKeys: ['ports'] },
  ),
}); // prettier-ignore

/** What the API server holds once: by kind, namespace and name. */
export function keyOf({ kind, metadata }: ApiObject): string {
  return `${kind}/${metadata.namespace ?? ''}/${metadata.name}`;
}

const many = (object: fc.Arbitrary<ApiObject>, maxLength: number) =>
  fc.uniqueArray(object, { maxLength, selector: keyOf });

/** Worlds in which all that is asked meets often. */
export const world: fc.Arbitrary<World> = fc.record({
  namespaces: namespaceObjects,
  personas: many(persona, 4),
  clusterPersonas: many(clusterPersona, 2),
  workloads: many(workloadObject({ name, namespace }), 5),
  around: many(fc.oneof(autoscaler, budget, service) as fc.Arbitrary<ApiObject>, 5),
});
