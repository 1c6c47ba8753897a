// Advice that is followed leaves nothing to advise, with and without an autoscaler, and harms nobody on the way.
import { expect } from 'chai';
import fc from 'fast-check';
import { validateApplicationPersona } from '../../../src/api/validate.ts';
import { advise } from '../../../src/sizing/advise.ts';
import { currentOf, readAmount } from '../../../src/sizing/advise/amounts.ts';
import type { SizingSubject } from '../../../src/sizing/advice.ts';
import { replay } from '../../../src/sizing/replay.ts';
import { toRecommendation } from '../../../src/sizing/to-recommendation.ts';
import { compareQuantities } from '../../../src/quantity/index.ts';
import type { Autoscaler } from '../../../src/workload/surroundings.ts';
import { follow, followKustomize } from '../apply-advice.ts';
import {
  loads,
  mebibyte,
  propertyRuns,
  resourcesOf,
  shopObject,
  toSamples,
  toSubject,
  toUsage,
  toWorkload,
} from '../measured.ts';

const kinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout'];
const tiers = ['critical', 'standard', 'best-effort'] as const;
const cpuAmount = fc.constantFrom(undefined, '10m', '100m', '0.3', '300m', 1, '2', '4000m', 'abc');
const memoryAmount = fc.constantFrom(undefined, '32Mi', '128Mi', '512M', '1Gi', '2Gi', '4Gi', '1e9', '');

/** As an API server would take it: no request above its limit. */
const amounts = fc
  .record({
    'cpu-request': cpuAmount,
    'cpu-limit': cpuAmount,
    'memory-request': memoryAmount,
    'memory-limit': memoryAmount,
  })
  .filter((now) => isInOrder(resourcesOf(now)));

function isInOrder(fields: unknown): boolean {
  const [container] = toWorkload(shopObject([fields as Record<string, unknown>])).pod.containers;
  return (['cpu', 'memory'] as const).every((resource) => {
    const [request, limit] = [
      currentOf(container!.resources, resource, 'request'),
      currentOf(container!.resources, resource, 'limit'),
    ];
    return request === undefined || limit === undefined || compareQuantities(request, limit) <= 0;
  });
}

const environments = fc.constantFrom(
  {},
  { env: [{ name: 'JAVA_TOOL_OPTIONS', value: '-XX:MaxRAMPercentage=75' }] },
  { env: [{ name: 'GOMEMLIMIT', value: '1GiB' }] },
);
const loadNames = fc.constantFrom(
  'bursty' as const,
  'diurnal' as const,
  'leaking' as const,
  'batch' as const,
);

const anySubject = fc.record({
  now: amounts,
  kind: fc.constantFrom(...kinds),
  fields: environments,
  tier: fc.constantFrom(...tiers),
  load: loadNames,
  seed: fc.nat(1000),
  windows: fc.constantFrom(3, 40, 288, 900),
  isKilled: fc.boolean(),
  max: fc.constantFrom(undefined, 300),
});

const samplesOf = ({
  load,
  seed,
  windows,
}: {
  load: keyof ReturnType<typeof loads>;
  seed: number;
  windows: number;
}) => toSamples(loads(seed)[load], { windows });

describe('following advice', () => {
  it('leaves nothing to advise, whatever was set and measured', () => {
    fc.assert(
      fc.property(anySubject, ({ now, kind, fields, tier, isKilled, max, ...measured }) => {
        const object = shopObject([{ ...resourcesOf(now), ...fields }], { kind });
        const samples = samplesOf(measured);
        const nowMs = samples.at(-1)!.atMs;
        const parts: Partial<SizingSubject> = {
          tier,
          nowMs,
          usage: toUsage(samples),
          kills: isKilled ? [{ container: 'shop', atMs: nowMs - 1000, limitBytes: 256 * mebibyte }] : [],
          max: { cpuMillicores: max, memoryBytes: max && max * mebibyte },
        };
        const advice = advise(toSubject(toWorkload(object), parts));
        expect(advise(toSubject(toWorkload(object), parts))).to.deep.equal(advice);
        const followed = follow(object, advice);
        expect(advise(toSubject(toWorkload(followed), parts))).to.deep.equal([]);
        const standing = new Set(advice.map(({ id }) => id));
        expect(standing.size).to.equal(advice.length);
        expect(advise(toSubject(toWorkload(followed), { ...parts, standing }))).to.deep.equal([]);
      }),
      propertyRuns,
    );
  }).timeout(120_000);

  it('sets what was recommended, by each kind of patch, and no request above its limit', () => {
    fc.assert(
      fc.property(anySubject, ({ now, kind, fields, tier, ...measured }) => {
        const object = shopObject([{ ...resourcesOf(now), ...fields }], {
          kind,
          sidecars: [{ name: 'proxy', ...resourcesOf(now) }],
        });
        const samples = [
          ...samplesOf(measured),
          ...samplesOf(measured).map((sample) => ({ ...sample, container: 'proxy' })),
        ];
        const subject = toSubject(toWorkload(object), {
          tier,
          usage: toUsage(samples),
          nowMs: samples.at(-1)!.atMs,
        });
        const advice = advise(subject);
        for (const followed of [follow(object, advice), followKustomize(object, advice)]) {
          const { containers } = toWorkload(followed).pod;
          for (const { container, resource, setting, recommended } of advice) {
            const { resources } = containers.find(({ name }) => name === container)!;
            expect(resources[setting === 'limit' ? 'limits' : 'requests'].get(resource)).to.equal(
              recommended,
            );
          }
          for (const { fields: after } of containers) expect(isInOrder(after)).to.equal(true);
        }
        const persona = {
          apiVersion: 'dorgu.io/v1',
          kind: 'ApplicationPersona',
          metadata: { name: 'shop' },
          spec: { name: 'shop', type: 'api' },
        };
        const validation = validateApplicationPersona({
          ...persona,
          status: { recommendations: advice.map(toRecommendation) },
        });
        expect(validation.ok ? [] : validation.problems).to.deep.equal([]);
        expect(validation.unknownFields).to.deep.equal([]);
      }),
      propertyRuns,
    );
  }).timeout(120_000);

  for (const load of ['bursty', 'diurnal', 'leaking', 'batch'] as const)
    for (const tier of tiers)
      it(`of a ${load} load of tier ${tier} kills nobody in the same week, and slows down under 5%`, () => {
        const object = shopObject([
          resourcesOf({
            'cpu-request': '4',
            'cpu-limit': '4',
            'memory-request': '4Gi',
            'memory-limit': '4Gi',
          }),
        ]);
        const samples = toSamples(loads(11)[load]);
        const subject = toSubject(toWorkload(object), { tier, usage: toUsage(samples) });
        const advice = advise(subject);
        expect(advice.length).to.be.greaterThan(0);
        const { oomKills, throttledShare } = replay(subject, advice, samples);
        expect(oomKills).to.equal(0);
        expect(throttledShare).to.be.below(0.05);
        const tight = advice.map((one) =>
          one.resource === 'memory' ? { ...one, recommended: '32Mi' } : one,
        );
        expect(replay(subject, tight, samples).oomKills).to.equal(samples.length);
      });

  it('is replayed with the limits that there are where none are advised', () => {
    const object = shopObject([resourcesOf({ 'cpu-limit': '200m', 'memory-limit': '1Gi' })]);
    const samples = toSamples(
      (at) => ({ cpu: at % 10 === 0 ? 200 : 50, memory: at === 5 ? 2 ** 30 + 1 : 1 }),
      { windows: 100, pods: 1 },
    );
    expect(replay({ workload: toWorkload(object) }, [], samples)).to.deep.equal({
      oomKills: 1,
      throttledShare: 0.1,
    });
  });
});

/** A load of the whole application, shared by its pods. */
type TotalLoad = (at: number) => number;

/** How Kubernetes' autoscaler follows a load: the use of pods over their request, with its tolerance of a tenth. */
function autoscale(
  total: TotalLoad,
  request: number,
  { minReplicas, maxReplicas, targetCPU }: Autoscaler,
  windows: number,
) {
  let replicas = Number(minReplicas);
  return Array.from({ length: windows }, (_, at) => {
    const ratio = total(at) / replicas / request / ((targetCPU ?? 80) / 100);
    if (Math.abs(ratio - 1) > 0.1)
      replicas = Math.min(Number(maxReplicas), Math.max(Number(minReplicas), Math.ceil(replicas * ratio)));
    return { replicas, cpu: total(at) / replicas };
  });
}

describe('following advice under an autoscaler', () => {
  const windows = 3 * 288;

  it('comes to rest: what the autoscaler then makes of it is advised on no more', () => {
    const subject = fc.record({
      request: fc.integer({ min: 20, max: 4000 }),
      targetCPU: fc.integer({ min: 40, max: 90 }),
      minReplicas: fc.integer({ min: 1, max: 4 }),
      more: fc.integer({ min: 0, max: 30 }),
      low: fc.integer({ min: 20, max: 2000 }),
      swing: fc.integer({ min: 0, max: 8000 }),
    });
    fc.assert(
      fc.property(subject, ({ request, targetCPU, minReplicas, more, low, swing }) => {
        const autoscaler: Autoscaler = {
          kind: 'HorizontalPodAutoscaler',
          name: 'shop',
          target: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
          minReplicas,
          maxReplicas: minReplicas + more,
          targetCPU,
          targetMemory: undefined,
          measuredResources: ['cpu'],
        };
        const total: TotalLoad = (at) => low + (swing * (1 - Math.cos((2 * Math.PI * at) / 288))) / 2;
        const measure = (millicores: number) => {
          const states = autoscale(total, millicores, autoscaler, windows);
          const samples = states.flatMap(({ replicas, cpu }, at) =>
            toSamples(() => ({ cpu, memory: 100 * mebibyte }), {
              windows: 1,
              pods: replicas,
              fromMs: at * 300_000,
            }),
          );
          return { usage: toUsage(samples), nowMs: windows * 300_000 };
        };
        let object: unknown = shopObject([
          resourcesOf({ 'cpu-request': `${request}m`, 'memory-request': '128Mi', 'memory-limit': '144Mi' }),
        ]);
        const requestOf = () =>
          Number(
            readAmount(toWorkload(object).pod.containers[0]!.resources.requests.get('cpu'))!.nano /
              1_000_000n,
          );
        let last = request;
        const rounds: number[] = [];
        for (let round = 0; round < 3; round++) {
          object = follow(object, advise(toSubject(toWorkload(object), { autoscaler, ...measure(last) })));
          last = requestOf();
          rounds.push(last);
        }
        expect(rounds[1], `${request}m -> ${rounds.join(' -> ')}`).to.equal(rounds[0]);
        expect(rounds[2]).to.equal(rounds[0]);
      }),
      { ...propertyRuns, numRuns: Math.ceil(propertyRuns.numRuns / 3) },
    );
  }).timeout(120_000);
});
