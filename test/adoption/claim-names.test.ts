// The names of imported personas: from labels first, never ambiguous.
import { expect } from 'chai';
import { claimNames } from '../../src/adoption/claim-names.ts';
import { readWorkload } from '../../src/workload/read-workload.ts';
import type { Workload } from '../../src/workload/workload.ts';

interface Given {
  kind?: string;
  name: string;
  labels?: Record<string, string>;
  podLabels?: Record<string, string>;
  isOwned?: boolean;
}

function make({ kind = 'Deployment', name, labels = {}, podLabels = {}, isOwned = false }: Given): Workload {
  const template = {
    metadata: { labels: podLabels },
    spec: { containers: [{ name: 'main', image: 'shop:1' }] },
  };
  const owner = { apiVersion: 'batch/v1', kind: 'CronJob', name: 'nightly', uid: '1', controller: true };
  const workload = readWorkload({
    apiVersion: kind === 'Job' || kind === 'CronJob' ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name, namespace: 'store', labels, ...(isOwned ? { ownerReferences: [owner] } : {}) },
    spec: kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template },
  });
  if (workload === undefined) throw new Error(`no workload: ${kind}`);
  return workload;
}

const named = 'app.kubernetes.io/name';

describe('names of imported personas', () => {
  const cases: Record<string, [given: Given[], names: Record<string, string[]>, unclaimed?: string[]]> = {
    'come from the label app.kubernetes.io/name': [
      [{ name: 'release-shop', labels: { [named]: 'shop', app: 'web' } }],
      { shop: ['release-shop'] },
    ],
    'come from the label of the pods where the object has none': [
      [{ name: 'release-shop', podLabels: { app: 'shop' } }],
      { shop: ['release-shop'] },
    ],
    "come from the object's name without labels": [[{ name: 'shop' }], { shop: ['shop'] }],
    'come from the next label where the first is shared': [
      [
        { name: 'redis-primary', labels: { [named]: 'redis', app: 'primary' } },
        { name: 'redis-replica', labels: { [named]: 'redis', app: 'replica' } },
      ],
      { primary: ['redis-primary'], replica: ['redis-replica'] },
    ],
    "come from the object's name where both labels are shared": [
      [
        { name: 'redis-primary', labels: { [named]: 'redis' } },
        { name: 'redis-replica', labels: { [named]: 'redis' } },
      ],
      { 'redis-primary': ['redis-primary'], 'redis-replica': ['redis-replica'] },
    ],
    'are one for what no name tells apart': [
      [
        { name: 'shop', labels: { [named]: 'shop' } },
        { name: 'shop-worker', labels: { [named]: 'shop' } },
      ],
      { shop: ['shop', 'shop-worker'] },
    ],
    'take in a Job that carries the name, and are the same without it': [
      [
        { name: 'release-shop', labels: { [named]: 'shop' } },
        { kind: 'Job', name: 'migrate', labels: { [named]: 'shop' } },
      ],
      { shop: ['release-shop', 'migrate'] },
    ],
    'are those of the object where a label leads to a Job alone': [
      [
        { name: 'shop' },
        { kind: 'Job', name: 'other', labels: { [named]: 'shop' } },
        { name: 'web', labels: { app: 'page' } },
        { kind: 'Job', name: 'another', labels: { [named]: 'page' } },
      ],
      { web: ['web'] },
      ['shop'],
    ],
    'skip Jobs of CronJobs, and Jobs by themselves': [
      [
        { kind: 'CronJob', name: 'nightly' },
        { kind: 'Job', name: 'nightly-1', isOwned: true },
        { kind: 'Job', name: 'once' },
      ],
      { nightly: ['nightly'] },
    ],
    'pass over labels that are no DNS label': [
      [{ name: 'shop', labels: { [named]: 'Shop_v1.2', app: 'a'.repeat(63) + 'b' } }],
      { shop: ['shop'] },
    ],
    'are none where nothing is a DNS label': [[{ name: 'fluentd-2.1.0' }], {}, ['fluentd-2.1.0']],
    'are none where the only name is another workload’s label': [
      [
        { name: 'web', labels: { app: 'shop.v1' } },
        { name: 'shop', labels: { [named]: 'web' } },
      ],
      { web: ['shop'] },
      ['web'],
    ],
    'leave `__proto__` and `constructor` to be names like any other': [
      [{ name: 'constructor' }, { name: 'shop', labels: { app: '__proto__' } }],
      { constructor: ['constructor'], shop: ['shop'] },
    ],
  };
  for (const [title, [given, names, unclaimed = []]] of Object.entries(cases)) {
    it(title, () => {
      const claims = claimNames(given.map(make));
      const found = claims.claims.map(({ name, workloads }) => [name, workloads.map((one) => one.name)]);
      expect(found).to.deep.equal(Object.entries(names).sort());
      expect(claims.unclaimed.map(({ workload }) => workload.name)).to.deep.equal(unclaimed);
    });
  }

  it('stay quick in a namespace with thousands of workloads of one label', () => {
    const workloads = Array.from({ length: 5000 }, (_, index) =>
      make({ name: `shop-${index}`, labels: { [named]: 'shop', app: `app-${index % 100}` } }),
    );
    const startMs = performance.now();
    expect(claimNames(workloads).claims).to.have.length(5000);
    expect(performance.now() - startMs).to.be.lessThan(5000);
  });
});
