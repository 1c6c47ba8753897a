// Worlds that chance meets too rarely, by what happens in them: webhook and controller give the same answer, and it is the one that is written here.
import { expect } from 'chai';
import { foresee } from './relations.ts';
import { askCheck, askController, askImpact, askWebhook } from './sides.ts';
import { keyOf, type ApiObject, type World } from './world.ts';

const namespace = 'store';
const sound = {
  name: 'shop',
  image: 'ghcr.io/acme/shop:1.0.0',
  securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
};

function deployment(
  name: string,
  { labels = {}, podLabels = { app: name }, replicas = 2, container = {} }: { labels?: object; podLabels?: object; replicas?: number; container?: object } = {},
): ApiObject {
  const template = { metadata: { labels: { run: name, ...podLabels } }, spec: { containers: [{ ...sound, ...container }] } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels, creationTimestamp: '2026-01-01T00:00:00Z' },
    spec: { replicas, selector: { matchLabels: { run: name } }, template },
  };
} // prettier-ignore

const persona = (name: string, spec: object = {}, annotations: object = {}): ApiObject => ({
  apiVersion: 'dorgu.io/v1',
  kind: 'ApplicationPersona',
  metadata: { name, namespace, annotations },
  spec: { name, type: 'worker', tier: 'standard', ...spec },
});
const cluster = (spec: object): ApiObject => ({
  apiVersion: 'dorgu.io/v1',
  kind: 'ClusterPersona',
  metadata: { name: 'east', creationTimestamp: '2026-01-01T00:00:00Z' },
  spec: { name: 'east', ...spec },
});
const budget = (app: string): ApiObject => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: app, namespace },
  spec: { selector: { matchLabels: { app } }, maxUnavailable: 1 },
});
const scaler = (minReplicas: number, maxReplicas: number): ApiObject => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'shop', namespace },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop' },
    minReplicas,
    maxReplicas,
  },
});
const careful = persona('shop', { policies: { deployment: { maxUnavailable: 0 } } });
const strategyDenied = cluster({ rules: [{ id: 'rollout/strategy', level: 'deny' }] });
const rolling = (
  rollingUpdate: object,
  parts: Parameters<typeof deployment>[1],
  annotations: object = {},
): ApiObject => {
  const { spec, metadata, ...rest } = deployment('shop', parts);
  const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, ...rollingUpdate } };
  return { ...rest, metadata: { ...metadata, annotations }, spec: { ...(spec as object), strategy } };
};
const root = { securityContext: { runAsUser: 0 } };

interface Case {
  world?: Partial<World>;
  before?: ApiObject;
  object: ApiObject;
  denied: boolean;
}

/** By what happens, in enforcing mode. */
const cases: Readonly<Record<string, Case>> = {
  'pods leave the reach of their budget, where that is denied': {
    world: {
      personas: [persona('shop')],
      clusterPersonas: [cluster({ rules: [{ id: 'availability/pdb', level: 'deny' }] })],
      around: [budget('old')],
    },
    before: deployment('shop', { podLabels: { app: 'old' } }),
    object: deployment('shop', { podLabels: { app: 'new' } }),
    denied: true,
  },
  'a creation takes more pods away at once than its persona allows, where that is denied': {
    world: { personas: [careful], clusterPersonas: [strategyDenied] },
    object: rolling({ maxUnavailable: '50%' }, { replicas: 2 }),
    denied: true,
  },
  'a share of few pods is none: percentages are of the replicas that it has': {
    world: { personas: [careful], clusterPersonas: [strategyDenied] },
    object: rolling({ maxUnavailable: '40%' }, { replicas: 2 }),
    denied: false,
  },
  'a share of the few replicas of a creation is one of many for the autoscaler that is there': {
    world: { personas: [careful], clusterPersonas: [strategyDenied], around: [scaler(2, 10)] },
    object: rolling({ maxUnavailable: '40%' }, { replicas: 2 }),
    denied: true,
  },
  'replicas are left to an autoscaler that comes later, and so are shares of them': {
    world: { personas: [careful], clusterPersonas: [strategyDenied] },
    object: rolling({ maxUnavailable: '50%' }, { replicas: 2 }, { 'dorgu.io/replicas': 'hpa' }),
    denied: false,
  },
  'a Deployment is labelled into the reach of a persona': {
    world: { personas: [persona('till')] },
    before: deployment('shop', { container: root }),
    object: deployment('shop', { container: root, labels: { app: 'till' } }),
    denied: true,
  },
  'a Deployment leaves its persona, where one is asked for': {
    world: { personas: [persona('till')], clusterPersonas: [cluster({ policies: { requirePersona: 'deny' } })] },
    before: deployment('shop', { labels: { app: 'till' } }),
    object: deployment('shop'),
    denied: true,
  },
  'an unsound Deployment is mended by half': {
    world: { personas: [persona('shop')] },
    before: deployment('shop', { container: { ...root, image: 'shop' } }),
    object: deployment('shop', { container: root }),
    denied: false,
  },
  'a Deployment has the name of a persona whose label another bears': {
    world: { personas: [persona('shop')], workloads: [deployment('web', { labels: { app: 'shop' } })] },
    object: deployment('shop', { container: root, podLabels: { run: 'shop' } }),
    denied: false,
  },
  'the persona alone is strict, in a namespace that is loosened': {
    world: {
      personas: [persona('shop', {}, { 'dorgu.io/mode': 'enforcing' })],
      namespaces: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: { 'dorgu.io/mode': 'advisory' } } }],
    },
    object: deployment('shop', { container: root }),
    denied: true,
  },
  'a Deployment says that another workload owns it': {
    world: { personas: [persona('shop')] },
    object: {
      ...deployment('shop', { container: root }),
      metadata: { name: 'shop', namespace, ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'x', uid: '1', controller: true }] },
    },
    denied: true,
  },
  'an autoscaler is still on its way': {
    world: { personas: [persona('shop', { scaling: { minReplicas: 2 } })] },
    before: deployment('shop'),
    object: {
      ...deployment('shop', { replicas: 1 }),
      metadata: { name: 'shop', namespace, annotations: { 'dorgu.io/replicas': 'hpa' } },
    },
    denied: false,
  },
}; // prettier-ignore

describe('webhook and controller agree when', () => {
  for (const [what, { world = {}, before, object, denied }] of Object.entries(cases)) {
    it(what, () => {
      const workloads = [...(world.workloads ?? []), ...(before === undefined ? [] : [before])];
      const all = { namespaces: [], personas: [], clusterPersonas: [], around: [], ...world, workloads };
      const change = before === undefined ? { object } : { object, before };
      const operation = before === undefined ? 'CREATE' : 'UPDATE';
      const given = askWebhook(all, { operation, object, oldObject: before }, 'enforcing');
      expect(given).to.deep.equal(foresee(all, change, 'enforcing'));
      expect(given.allowed, given.message).to.equal(!denied);
    });
  }

  it('a Deployment is scaled below its minimum: of a Scale the number alone is judged', () => {
    const before = deployment('shop', { container: root });
    const all = { namespaces: [], personas: [persona('shop', { scaling: { minReplicas: 2 } })], clusterPersonas: [], around: [], workloads: [before] }; // prettier-ignore
    const scale = (replicas: number) => ({ apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: before.metadata, spec: { replicas } }); // prettier-ignore
    const ask = (to: number) => askWebhook(all, { operation: 'UPDATE', resource: 'deployments', subResource: 'scale', object: scale(to), oldObject: scale(2) }, 'enforcing'); // prettier-ignore
    expect(ask(1)).to.include({ allowed: false });
    expect(ask(1).message?.split('\n')).to.have.length(2);
    expect(ask(1).message).to.contain('scaling/replicas-below-min');
    expect(ask(3)).to.deep.equal({ allowed: true, warnings: [] });
    expect(ask(0)).to.deep.equal({ allowed: true, warnings: [] });
  });

  const selected = deployment('web', { labels: { 'app.kubernetes.io/name': 'x', app: 'y' } });
  const contested = { ...selected, spec: { ...(selected.spec as object), selector: { matchLabels: { 'app.kubernetes.io/name': 'shop', app: 'till' } } } }; // prettier-ignore
  const isRivalry = ({ message }: { message: string }) =>
    message.includes('claim this workload in the same way');
  const rivalry = async (...others: ApiObject[]) => {
    const all = { namespaces: [], personas: [persona('shop'), persona('till')], clusterPersonas: [], around: [], workloads: [contested, ...others] }; // prettier-ignore
    const live = askController(all).get(keyOf(contested));
    const { workloads } = await askImpact(all, 'enforcing');
    const impact = workloads.find(({ name }) => name === 'web');
    const findings = [...(live?.get('shop') ?? []), ...(live?.get('till') ?? [])];
    const said = { controller: findings, check: askCheck(all, undefined).findings, impact: impact?.findings ?? [] }; // prettier-ignore
    const webhook = askWebhook(all, { operation: 'CREATE', object: contested }, 'enforcing');
    return [
      ...Object.values(said).map((list) => list.filter(isRivalry).length),
      isRivalry({ message: webhook.message ?? '' }),
    ];
  };

  it('two personas claim a Deployment by its selector, of whom one has another that matches better', async () => {
    expect(await rivalry()).to.deep.equal([2, 2, 2, true]);
    expect(await rivalry(deployment('desk', { labels: { app: 'till' } }))).to.deep.equal([0, 0, 0, false]);
  });

  const advice = (mode: string): ApiObject => ({
    ...persona('shop', { sizing: { mode } }),
    status: { recommendations: [['cpu', 'request', '100m'], ['memory', 'request', '256Mi'], ['memory', 'limit', '1Gi']].map(([resource, setting, recommended], index) => ({ id: `a${index}`, type: 'resource', priority: 'high', message: 'x', workload: 'Deployment/shop', container: 'shop', resource, setting, recommended, p95: '1' })) },
  }); // prettier-ignore

  for (const [mode, expected] of [
    ['advise', ['info cpu', 'warning memory']],
    ['off', []],
  ] as const)
    // prettier-ignore
    it(`a Deployment asks for something else than its persona's status recommends, and advice is ${mode}`, async () => {
      const resources = { requests: { cpu: '2', memory: '64Mi' }, limits: { memory: '1Gi' } };
      const object = deployment('shop', { container: { resources } });
      const all = { namespaces: [], personas: [advice(mode)], clusterPersonas: [], around: [], workloads: [object] }; // prettier-ignore
      const isOfUse = ({ rule }: { rule: string }) => rule === 'resources/usage-vs-request';
      const { workloads } = await askImpact(all, 'advisory');
      const live = askController(all).get(keyOf(object))?.get('shop');
      for (const findings of [live, askCheck(all, undefined).findings, workloads[0]?.findings])
        expect(
          (findings ?? []).filter(isOfUse).map(({ severity, field }) => `${severity} ${field?.split('.').at(-1) ?? ''}`).sort(), // prettier-ignore
        ).to.deep.equal(expected);
      const { warnings } = askWebhook(all, { operation: 'CREATE', object }, 'advisory');
      expect(warnings.filter((line) => line.includes('usage-vs-request'))).to.deep.equal(
        expected.length === 0 ? [] : ['container shop: request of memory is 64Mi, 256Mi is recommended (p95 1) (resources/usage-vs-request)'].map((line) => `shop: ${line}`), // prettier-ignore
      );
    });

  it('several replicas wait for a date: impact names the first from which the webhook denies', async () => {
    const rules = [{ id: 'security/run-as-root-uid', level: 'deny', enforceFrom: '2027-06-01T00:00:00Z' }, { id: 'security/run-as-non-root', level: 'deny', enforceFrom: '2027-05-01T00:00:00+02:00' }, { id: 'security/pod-security', level: 'off' }]; // prettier-ignore
    const exceptions = [{ rule: 'security/run-as-non-root', reason: 'r', until: '2027-05-15T00:00:00Z' }, { rule: 'security/*', reason: 'over', until: '2026-01-01T00:00:00Z' }]; // prettier-ignore
    const container = { securityContext: { ...sound.securityContext, runAsNonRoot: false } };
    const all = { namespaces: [], personas: [persona('shop')], clusterPersonas: [cluster({ rules, exceptions })], around: [], workloads: [deployment('shop', { container })] }; // prettier-ignore
    const report = await askImpact(all, 'enforcing');
    expect(report.workloads[0]?.create).to.deep.equal({ outcome: 'later', from: '2027-05-15T00:00:00Z' });
    expect(report.exceptions.map(({ isLive, lifts }) => [isLive, lifts])).to.deep.equal([[true, 1], [false, 0]]); // prettier-ignore
  });
});
