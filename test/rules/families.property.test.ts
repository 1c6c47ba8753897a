// Whatever is in a file or a cluster: rules never throw, amounts are compared by value, and more is never less.
import { expect } from 'chai';
import fc from 'fast-check';
import { compareQuantities, toQuantity } from '../../src/quantity/index.ts';
import { availabilityRules } from '../../src/rules/availability/rules.ts';
import { healthRules } from '../../src/rules/health/rules.ts';
import { networkRules } from '../../src/rules/network/rules.ts';
import { limitAbovePersona } from '../../src/rules/resources/limit-above-persona.ts';
import { requestBelowPersona } from '../../src/rules/resources/request-below-persona.ts';
import { resourceRules } from '../../src/rules/resources/rules.ts';
import { rolloutRules } from '../../src/rules/rollout/rules.ts';
import { evaluateRule } from '../../src/rules/evaluate.ts';
import { replicasBelowMin } from '../../src/rules/scaling/replicas-below-min.ts';
import { scalingRules } from '../../src/rules/scaling/rules.ts';
import { settleInput } from '../../src/rules/settle-input.ts';
import type { RuleInput } from '../../src/rules/rule-input.ts';
import { readSurroundings } from '../../src/workload/read-surroundings.ts';
import { readWorkload } from '../../src/workload/read-workload.ts';
import { ask, shopInput } from './shop-input.ts';

const families = [
  ...resourceRules,
  ...scalingRules,
  ...healthRules,
  ...availabilityRules,
  ...rolloutRules,
  ...networkRules,
];

/** Values that are wrong in the ways in which files are wrong. */
const odd = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(
      'abc',
      '1e999',
      '-1',
      '٣Mi',
      '',
      ' ',
      '%',
      '1%',
      '101%',
      '100m',
      '1Gi',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      0,
      1,
      -1,
      1.5,
      2 ** 31,
      2 ** 53,
      NaN,
      Infinity,
      true,
      null,
      undefined,
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      [],
      {},
      [null],
      { __proto__: null, a: 1 },
      'http',
      '8080',
      '__proto__',
    ),
  },
  { weight: 1, arbitrary: fc.anything({ maxDepth: 2 }) },
);

/** An object with some of the fields, each odd or as it should be. */
const withFields = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
  fc.record(Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, fc.oneof(value, odd)])), {
    requiredKeys: [],
  });

const amounts = withFields({
  cpu: fc.constantFrom('100m', '0.1', 1),
  memory: fc.constantFrom('1Gi', '64Mi'),
});
const resources = withFields({ requests: amounts, limits: amounts });
const probe = withFields({
  httpGet: withFields({
    path: fc.constant('/healthz'),
    port: fc.constantFrom(8080, 'http'),
    scheme: fc.constant('HTTPS'),
  }),
  tcpSocket: withFields({ port: fc.constant(8080) }),
  exec: withFields({ command: fc.constant(['true']) }),
  grpc: withFields({ port: fc.constant(8080), service: fc.constant('x') }),
  periodSeconds: fc.nat(),
  failureThreshold: fc.nat(),
});
const list = (item: fc.Arbitrary<unknown>) => fc.array(fc.oneof(item, odd), { maxLength: 3 });
const container = withFields({
  name: fc.constantFrom('shop', 'proxy'),
  resources,
  restartPolicy: fc.constant('Always'),
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
  ports: list(
    withFields({ name: fc.constant('http'), containerPort: fc.constant(8080), protocol: fc.constant('UDP') }),
  ),
});
const share = withFields({ maxSurge: fc.constant('25%'), maxUnavailable: fc.constant(1) });
const spec = withFields({
  replicas: fc.nat(5),
  strategy: withFields({ type: fc.constant('RollingUpdate'), rollingUpdate: share, canary: share }),
  updateStrategy: withFields({ type: fc.constant('OnDelete'), rollingUpdate: share }),
  template: withFields({
    spec: withFields({
      containers: list(container),
      initContainers: list(container),
      resources,
      topologySpreadConstraints: list(fc.constant({ labelSelector: {} })),
    }),
  }),
});
const kinds = fc.constantFrom(
  ...(['Deployment', 'StatefulSet', 'DaemonSet'] as const).map((kind) => ({ apiVersion: 'apps/v1', kind })),
  { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout' },
);
const metadata = withFields({
  annotations: withFields({
    'dorgu.io/replicas': fc.constant('hpa'),
    'kubectl.kubernetes.io/last-applied-configuration': fc.constantFrom('{', '[]', '{"spec":{"replicas":1}}'),
  }),
});
const autoscaler = withFields({
  scaleTargetRef: fc.constant({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' }),
  minReplicas: fc.nat(5),
  maxReplicas: fc.nat(5),
  metrics: list(
    fc.constant({ type: 'Resource', resource: { name: 'cpu', target: { averageUtilization: 70 } } }),
  ),
});
const budget = withFields({
  selector: fc.constant({}),
  minAvailable: fc.constant('50%'),
  maxUnavailable: fc.constant(1),
});
const service = withFields({
  ports: list(withFields({ port: fc.constant(80), targetPort: fc.constant('http') })),
  selector: fc.constant({}),
});
const persona = withFields({
  type: fc.constantFrom('api', 'worker', 'cron', 'daemon'),
  tier: fc.constantFrom('critical', 'best-effort'),
  resources,
  scaling: withFields({ minReplicas: fc.nat(5), maxReplicas: fc.nat(5), targetCPU: fc.nat(100) }),
  health: withFields({
    livenessPath: fc.constant('/healthz'),
    readinessPath: fc.constant('/ready'),
    port: fc.constant(8080),
    startupGracePeriod: fc.constant('1m'),
  }),
  networking: withFields({ ports: list(fc.constant({ port: 8080, purpose: 'http' })) }),
  policies: withFields({
    deployment: withFields({ strategy: fc.constant('Canary'), maxSurge: fc.constant('1%') }),
  }),
});

const base = shopInput({});

/** Inputs as they come from files that nobody checked. */
const input: fc.Arbitrary<RuleInput> = fc
  .record({
    kind: kinds,
    metadata,
    spec,
    persona,
    autoscaler,
    budget,
    service,
    source: fc.constantFrom('file', 'cluster', 'admission'),
  })
  .map((drawn) => {
    const object = { ...drawn.kind, metadata: { ...fields(drawn.metadata), name: 'shop' }, spec: drawn.spec };
    const around = (kind: string, apiVersion: string, of: unknown) => ({
      kind,
      apiVersion,
      metadata: { name: 'shop' },
      spec: of,
    });
    return settleInput({
      ...base,
      workload: readWorkload(object) ?? base.workload,
      persona: {
        apiVersion: 'dorgu.io/v1',
        kind: 'ApplicationPersona',
        metadata: { name: 'shop' },
        spec: drawn.persona,
      } as unknown as RuleInput['persona'],
      surroundings: readSurroundings([
        object,
        around('HorizontalPodAutoscaler', 'autoscaling/v2', drawn.autoscaler),
        around('ScaledObject', 'keda.sh/v1alpha1', drawn.autoscaler),
        around('PodDisruptionBudget', 'policy/v1', drawn.budget),
        around('Service', 'v1', drawn.service),
      ]),
      source: drawn.source,
    });
  });

function fields(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

const places = ['n', 'u', 'm', '', 'k', 'M', 'Ki', 'Mi', 'Gi'];
const amount = fc
  .tuple(fc.nat(5000), fc.constantFrom(...places))
  .map(([digits, suffix]) => `${digits}${suffix}`);

describe('the rules on workloads', () => {
  it('never throw, whatever they are given, and say every value in short', () => {
    fc.assert(
      fc.property(input, (drawn) => {
        for (const rule of families)
          for (const { field, actual, expected, message } of evaluateRule(rule, drawn))
            for (const text of [field, actual, expected, message])
              expect(text).to.be.a('string').with.length.within(1, 1000);
      }),
      { numRuns: 150 },
    );
  });

  it('hold limits and requests to what they are worth, however they are written', () => {
    fc.assert(
      fc.property(amount, amount, (of, allowed) => {
        const persona = { resources: { limits: { cpu: allowed }, requests: { cpu: allowed } } };
        const container = { resources: { limits: { cpu: of }, requests: { cpu: of } } };
        const order = compareQuantities(toQuantity(of), toQuantity(allowed));
        expect(ask(limitAbovePersona, { persona, container })).to.have.length(order > 0 ? 1 : 0);
        expect(ask(requestBelowPersona, { persona, container })).to.have.length(order < 0 ? 1 : 0);
      }),
      { numRuns: 300 },
    );
  });

  it('never lose a finding by raising a limit or taking replicas away', () => {
    fc.assert(
      fc.property(amount, amount, amount, fc.nat(9), fc.nat(9), (allowed, one, other, most, replicas) => {
        const [low, high] = [one, other].sort((left, right) =>
          compareQuantities(toQuantity(left), toQuantity(right)),
        );
        const limit = (memory: string | undefined) => ({
          persona: { resources: { limits: { memory: allowed } } },
          container: { resources: { limits: { memory } } },
        });
        if (ask(limitAbovePersona, limit(low)).length > 0)
          expect(ask(limitAbovePersona, limit(high))).to.have.length(1);
        const scaled = (count: number) => ({
          persona: { scaling: { minReplicas: most } },
          workload: { spec: { replicas: count } },
        });
        if (replicas > 1 && ask(replicasBelowMin, scaled(replicas)).length > 0)
          expect(ask(replicasBelowMin, scaled(replicas - 1))).to.have.length(1);
      }),
      { numRuns: 300 },
    );
  });
});
