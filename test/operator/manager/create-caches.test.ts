// Caches: shared, watched over, and begun and ended with kinds that come and go.
import { expect } from 'chai';
import type { CacheOptions } from '../../../operator/manager/cache.ts';
import { createCaches } from '../../../operator/manager/create-caches.ts';
import { createMetrics } from '../../../operator/manager/metrics.ts';
import { resources } from '../../../src/kube/resources.ts';
import { argoKind, createFakeReflectors, noClient, type FakeWatch } from './caches/fake-reflector.ts';
import { FakeClock } from './fake-clock.ts';
import { createMemoryLogger } from './memory-logger.ts';

interface Named {
  name: string;
}

const deployments: CacheOptions<Named> = {
  resource: resources.deployments,
  project: (object) => object as Named,
  indices: { name: ({ name }) => [name] },
};
const applications: CacheOptions<Named> = { ...deployments, resource: argoKind, isOptional: true };

function create() {
  const { create: createReflector, watches } = createFakeReflectors();
  const logger = createMemoryLogger();
  const metrics = createMetrics();
  const clock = new FakeClock();
  const caches = createCaches({ client: noClient, logger, metrics, createReflector, clock });
  const watchOf = (plural: string): FakeWatch => {
    const found = watches.findLast(({ resource }) => resource.plural === plural);
    if (found === undefined) throw new Error(`nobody watches ${plural}`);
    return found;
  };
  return { caches, watches, watchOf, logger, metrics, clock };
}

describe('caches', () => {
  it('are the same for the same options, and watch once', async () => {
    const { caches, watches } = create();
    expect(caches.get(deployments)).to.equal(caches.get(deployments));
    expect(caches.get({ ...deployments })).to.not.equal(caches.get(deployments));
    await caches.start();
    expect(watches.filter(({ resource }) => resource.plural === 'deployments')).to.have.length(2);
  });

  it('tell listeners of changes that can be found already, whatever another listener throws', async () => {
    const { caches, watchOf, logger } = create();
    const cache = caches.get(deployments);
    const seen: string[] = [];
    cache.onChange(() => {
      throw new Error('mine');
    });
    cache.onChange(({ type, key }) => seen.push(`${type} ${key} ${cache.find('name', 'web').length}`));
    await caches.start();
    watchOf('deployments').put('shop/web', { name: 'web' });
    watchOf('deployments').put('shop/web', { name: 'other' });
    watchOf('deployments').remove('shop/web');
    expect(seen).to.deep.equal(['added shop/web 1', 'updated shop/web 0', 'deleted shop/web 0']);
    expect(logger.lines.filter(({ message }) => message === 'A listener of a cache failed')).to.have.length(
      3,
    );
  });

  it('are ready with the first list, unready while a watch fails, but not over a right that is missing (A11)', async () => {
    const { caches, watchOf, logger, clock } = create();
    caches.get(deployments);
    await caches.start();
    expect(caches.whyNotReady()).to.equal('deployments.apps: first list');
    const watch = watchOf('deployments');
    watch.failure = 'connection refused';
    expect(caches.whyNotReady()).to.equal('deployments.apps: first list: connection refused');
    watch.sync();
    expect(caches.whyNotReady()).to.equal('deployments.apps: watch fails: connection refused');
    await clock.advance(2000);
    watch.failure = 'deployments.apps is forbidden: User "x" cannot watch resource "deployments"';
    expect(caches.whyNotReady()).to.equal(undefined);
    await clock.advance(2000);
    watch.failure = undefined;
    await clock.advance(10_000);
    await caches.stop();
    expect(logger.lines.map(({ message }) => message)).to.deep.equal([
      'Watch fails',
      'Watch fails',
      'Watch works again',
    ]);
  });

  it('of an optional kind are empty and synced while it is missing, begin with it and end with it (A13)', async () => {
    const { caches, watchOf, watches, clock } = create();
    const cache = caches.get(applications);
    const seen: string[] = [];
    cache.onChange(({ type, key }) => seen.push(`${type} ${key}`));
    await caches.start();
    expect([cache.isSynced, cache.isServed]).to.deep.equal([false, false]);
    watchOf('customresourcedefinitions').sync();
    expect([cache.isSynced, cache.isServed, caches.whyNotReady()]).to.deep.equal([true, false, undefined]);
    expect(watches).to.have.length(1);

    watchOf('customresourcedefinitions').put('applications.argoproj.io', { metadata: { uid: '1' } });
    expect([cache.isSynced, cache.isServed]).to.deep.equal([false, true]);
    const first = watchOf('applications');
    first.put('argocd/web', { name: 'web' });
    first.sync();
    expect(cache.get('argocd/web')).to.deep.equal({ name: 'web' });

    watchOf('customresourcedefinitions').remove('applications.argoproj.io');
    first.put('argocd/late', { name: 'late' });
    expect([cache.isSynced, cache.isServed, cache.objects.size, first.state]).to.deep.equal([
      true,
      false,
      0,
      'stopped',
    ]);
    expect(cache.find('name', 'web')).to.deep.equal([]);

    watchOf('customresourcedefinitions').put('applications.argoproj.io', { metadata: { uid: '2' } });
    watchOf('applications').put('argocd/api', { name: 'api' });
    expect(seen).to.deep.equal(['added argocd/web', 'deleted argocd/web', 'added argocd/api']);
    expect(watchOf('applications')).to.not.equal(first);
    await clock.advance(1);
    await caches.stop();
    watchOf('customresourcedefinitions').remove('applications.argoproj.io');
    expect(seen).to.have.length(3);
  });

  it('of optional kinds count as missing where nobody may look', async () => {
    const { caches, watchOf } = create();
    const cache = caches.get(applications);
    await caches.start();
    watchOf('customresourcedefinitions').failure =
      'customresourcedefinitions.apiextensions.k8s.io is forbidden: User "x" cannot list';
    expect([cache.isSynced, cache.isServed, caches.whyNotReady()]).to.deep.equal([true, false, undefined]);
  });

  it('watch CustomResourceDefinitions only where a kind is optional, and stop all', async () => {
    const { caches, watches } = create();
    caches.get(deployments);
    await caches.start();
    await caches.stop();
    expect(watches.map(({ resource, state }) => `${resource.plural} ${state}`)).to.deep.equal([
      'customresourcedefinitions new',
      'deployments stopped',
    ]);
  });

  it('tell once what may not be watched, and once that it may again', async () => {
    const { caches, watchOf, clock } = create();
    caches.get(deployments);
    const told: (readonly string[])[] = [];
    caches.onRefusals(() => told.push(caches.listRefusals()));
    await caches.start();
    await clock.advance(10_000);
    const refusal = 'deployments.apps is forbidden: User "x" cannot watch resource "deployments"';
    watchOf('deployments').failure = refusal;
    await clock.advance(10_000);
    // Another failure is no refusal.
    watchOf('deployments').failure = 'the server is away';
    await clock.advance(10_000);
    watchOf('deployments').failure = undefined;
    await clock.advance(10_000);
    await caches.stop();
    expect(told).to.deep.equal([[refusal], []]);
  });

  it('show how their watches are', async () => {
    const { caches, watchOf, metrics } = create();
    caches.get(deployments);
    await caches.start();
    watchOf('deployments').put('shop/web', { name: 'web' });
    const text = await metrics.registry.metrics();
    expect(text).to.include('dorgu_watch_objects{watch="deployments.apps"} 1');
    expect(text).to.include('dorgu_watch_synced{watch="deployments.apps"} 0');
    expect(text).to.include('dorgu_watch_restarts_total{watch="deployments.apps",reason="eof"} 2');
    expect(await metrics.registry.metrics()).to.include('reason="eof"} 2');
  });
});
