// When the cluster-persona controller asks and writes, and when it does neither.
import { expect } from 'chai';
import { KubeError } from '../../../../src/kube/kube-error.ts';
import { createNode } from '../../../status/cluster/cluster-objects.ts';
import { PlayedCluster } from './played-cluster.ts';

async function start(...nodes: string[]): Promise<PlayedCluster> {
  const cluster = new PlayedCluster();
  for (const name of nodes) cluster.cache('nodes').set(name, createNode(name));
  await cluster.controller.start();
  return cluster;
}

const status = (cluster: PlayedCluster) => cluster.writes.at(-1)?.status;
const conditions = (cluster: PlayedCluster) =>
  (status(cluster)?.conditions ?? []).map(({ type, status: is, reason }) => `${type}=${is} ${reason}`);

/** What one discovery asks, where every list has one page. */
const discovery = [
  'GET /version',
  'GET /apis',
  'GET /apis/apps/v1/deployments',
  'GET /apis/apps/v1/statefulsets',
  'GET /apis/apps/v1/daemonsets',
  'GET /apis/metrics.k8s.io/v1beta1/nodes',
  'GET /api/v1/pods',
  'GET /api/v1/pods (some)',
];

describe('the cluster-persona controller', () => {
  it('asks nothing while there is no ClusterPersona, and discovers once there is one', async () => {
    const cluster = await start('a');
    cluster.cache('nodes').set('b', createNode('b'));
    await cluster.pass(600_000);
    expect(cluster.requests).to.deep.equal([]);
    cluster.apply('production');
    await cluster.pass(1000);
    const patch = 'PATCH /apis/dorgu.io/v1/clusterpersonas/production/status';
    expect(cluster.takeRequests()).to.have.members([...discovery, patch]);
    expect(status(cluster)).to.include({ phase: 'Ready', nodeCount: 2, observedGeneration: 1 });
  });

  it('asks again every five minutes, and writes nothing where nothing is new', async () => {
    const cluster = await start('a', 'b', 'c');
    cluster.apply('production');
    await cluster.pass(1000);
    cluster.takeRequests();
    await cluster.pass(298_000);
    expect(cluster.takeRequests()).to.deep.equal([]);
    await cluster.pass(2000);
    expect(cluster.takeRequests()).to.have.members(discovery);
    await cluster.pass(3_600_000);
    expect(cluster.writes).to.have.length(1);
    expect(cluster.takeRequests()).to.have.length(12 * discovery.length);
  });

  it('says within a second, as condition and Event, what personas are judged by and may not be watched', async () => {
    const cluster = await start('a');
    cluster.apply('production');
    await cluster.pass(1000);
    cluster.takeRequests();
    const refusal = (resource: string) => `${resource} is forbidden: User "dorgu" cannot watch`;
    cluster.watchRefusals = [refusal('pods'), refusal('deployments.apps')];
    cluster.tellRefusals();
    await cluster.pass(1000);
    const message = () =>
      status(cluster)?.conditions?.find(({ type }) => type === 'Discovered')?.message ?? '';
    expect(message()).to.equal(`what personas are judged by: pods, deployments.apps: ${refusal('pods')}`);
    expect(conditions(cluster)).to.include('Ready=False DiscoveryFailed');
    expect(cluster.events.map(({ type, reason }) => `${type} ${reason}`)).to.deep.equal([
      'Warning DiscoveryFailed',
    ]);
    // For as long as it lasts nothing more is said, and nothing more is asked.
    await cluster.pass(200_000);
    expect(cluster.takeRequests()).to.have.length(1);
    cluster.watchRefusals = [];
    cluster.tellRefusals();
    await cluster.pass(1000);
    expect(conditions(cluster)).to.include('Ready=True Discovered');
    expect(cluster.events.map(({ type }) => type)).to.deep.equal(['Warning', 'Normal']);
  });

  it('follows nodes that come, fail and go within a second, and asks nothing for it', async () => {
    const cluster = await start();
    cluster.apply('production');
    await cluster.pass(3000);
    expect(conditions(cluster)).to.include('Healthy=Unknown NoNodes');
    cluster.takeRequests();
    const nodes = cluster.cache('nodes');
    nodes.set('a', createNode('a'));
    await cluster.pass(1000);
    expect(status(cluster)).to.include({ nodeCount: 1, readyNodes: 1, phase: 'Ready' });
    await cluster.pass(3000);
    nodes.set('a', createNode('a', { isReady: false }));
    await cluster.pass(1000);
    expect(conditions(cluster)).to.include('Healthy=False NodesNotReady');
    expect(status(cluster)).to.include({ readyNodes: 0, phase: 'Degraded' });
    await cluster.pass(3000);
    nodes.delete('a');
    await cluster.pass(1000);
    expect(status(cluster)).to.include({ nodeCount: 0 });
    expect(cluster.takeRequests().filter((request) => request.startsWith('GET'))).to.deep.equal([]);
    expect(cluster.events.map(({ type, reason }) => `${type} ${reason}`)).to.deep.equal([
      'Warning NodesNotReady',
    ]);
  });

  it('looks at a thousand nodes that come one by one no more often than every two seconds', async () => {
    const cluster = await start();
    cluster.apply('production');
    await cluster.pass(3000);
    cluster.writes.length = 0;
    for (let index = 0; index < 1000; index += 1) {
      cluster.cache('nodes').set(`n${index}`, createNode(`n${index}`));
      await cluster.pass(10);
    }
    await cluster.pass(3000);
    expect(cluster.writes.length).to.be.within(4, 6);
    expect(status(cluster)).to.include({ nodeCount: 1000 });
    expect(status(cluster)?.nodes).to.have.length(500);
  });

  it('does not stir for heartbeats', async () => {
    const cluster = await start('a');
    cluster.apply('production');
    await cluster.pass(3000);
    cluster.takeRequests();
    for (let beat = 0; beat < 50; beat += 1) {
      const node = createNode('a', { annotations: { beat: `${beat}` } });
      const conditions = [
        { type: 'Ready', status: 'True', lastHeartbeatTime: `2026-01-01T00:00:${10 + beat}Z` },
      ];
      cluster.cache('nodes').set('a', { ...node, status: { ...(node['status'] as object), conditions } });
      await cluster.pass(1000);
    }
    expect(cluster.requests).to.deep.equal([]);
  });

  it('keeps what was known of a list that fails, says so, and asks for that alone until it is back', async () => {
    const cluster = await start('a');
    const path = '/api/v1/pods';
    cluster.answers.set(path, { items: [{ metadata: { name: 'shop-1' } }] });
    cluster.apply('production');
    await cluster.pass(3000);
    const [words, before] = ['pods is forbidden: User "dorgu-operator" cannot list', status(cluster)];
    cluster.refusals.set(path, words);
    await cluster.pass(300_000);
    expect(status(cluster)?.resourceSummary?.runningPods).to.equal(before?.resourceSummary?.runningPods);
    expect(status(cluster)?.conditions?.[1]?.message).to.equal(`pods: ${words}`);
    expect(conditions(cluster)).to.include('Ready=False DiscoveryFailed');
    cluster.takeRequests();
    await cluster.pass(60_000);
    const asked = ['GET /version', `GET ${path}`, `GET ${path} (some)`];
    expect(new Set(cluster.takeRequests())).to.deep.equal(new Set(asked));
    expect(cluster.writes).to.have.length(2);
    cluster.refusals.clear();
    await cluster.pass(31_000);
    expect(conditions(cluster)).to.include('Ready=True Discovered');
    expect(cluster.events.map(({ type, reason }) => `${type} ${reason}`)).to.deep.equal([
      'Warning DiscoveryFailed',
      'Normal Discovered',
    ]);
  });

  it('counts namespaces and personas that come and go, a few seconds late and without a request', async () => {
    const cluster = await start('a');
    cluster.apply('production');
    await cluster.pass(3000);
    cluster.takeRequests();
    const [namespaces, personas] = [cluster.cache('namespaces'), cluster.cache('applicationpersonas')];
    for (const name of ['shop', 'store']) namespaces.set(name, { metadata: { name } });
    for (const name of ['web', 'api'])
      personas.set(`shop/${name}`, { metadata: { namespace: 'shop', name }, spec: { name, type: 'api' } });
    await cluster.pass(6000);
    expect(status(cluster)).to.deep.include({
      applicationCount: 2,
      namespaces: { total: 2, active: 2, withPersonas: 1 },
    });
    namespaces.set('store', { metadata: { name: 'store', deletionTimestamp: '2026-01-01T00:00:00Z' } });
    personas.delete('shop/web');
    await cluster.pass(6000);
    expect(status(cluster)).to.deep.include({
      applicationCount: 1,
      namespaces: { total: 2, active: 1, withPersonas: 1 },
    });
    expect(cluster.takeRequests().every((request) => request.startsWith('PATCH'))).to.equal(true);
  });

  it('says that nodes may not be read, and the rest', async () => {
    const cluster = new PlayedCluster();
    const nodes = cluster.cache('nodes');
    nodes.isSynced = false;
    await cluster.controller.start();
    cluster.apply('production');
    await cluster.pass(10_000);
    expect(cluster.writes, 'while they are being listed').to.deep.equal([]);
    nodes.failure = 'nodes is forbidden: User "x" cannot list resource "nodes"';
    await cluster.pass(1000);
    expect(conditions(cluster)).to.include('Healthy=Unknown NodesUnknown');
    expect(status(cluster))
      .to.include({ kubernetesVersion: 'v1.35.4' })
      .and.to.not.have.any.keys('nodeCount');
  });

  const refusals = { Invalid: 422, RequestEntityTooLarge: 413 } as const;
  for (const [reason, httpStatus] of Object.entries(refusals))
    it(`says once that the server does not take a status (${httpStatus}), keeps what stood there, and goes on with the next`, async () => {
      const cluster = await start('a');
      cluster.apply('production');
      await cluster.pass(1000);
      cluster.takeRequests();
      cluster.writeFaults.push(
        new KubeError(reason as keyof typeof refusals, 'status.nodes: too many', { httpStatus }),
      );
      cluster.cache('nodes').set('b', createNode('b'));
      await cluster.pass(3000);
      expect(conditions(cluster)).to.include('Ready=Unknown StatusRefused');
      expect(status(cluster)).to.include({ nodeCount: 1 });
      expect(cluster.events.map(({ type, reason: told }) => `${type} ${told}`)).to.deep.equal([
        'Warning StatusRefused',
      ]);
      await cluster.pass(280_000);
      expect(cluster.takeRequests()).to.have.length(2);
      cluster.cache('nodes').set('c', createNode('c'));
      await cluster.pass(3000);
      expect(conditions(cluster)).to.include('Ready=True Discovered');
      expect(status(cluster)).to.include({ nodeCount: 3 });
    });

  const passing = { Conflict: 409, NotFound: 404 } as const;
  for (const [reason, httpStatus] of Object.entries(passing))
    it(`tells nothing of a write that came too late (${httpStatus}), and judges anew when the watch tells`, async () => {
      const cluster = await start('a');
      cluster.writeFaults.push(
        new KubeError(reason as keyof typeof passing, 'it has changed', { httpStatus }),
      );
      cluster.apply('production');
      await cluster.pass(3000);
      expect(cluster.writes).to.deep.equal([]);
      cluster.apply('production', '2026-01-01T00:00:00Z', 2);
      await cluster.pass(1000);
      expect(status(cluster)).to.include({ observedGeneration: 2 });
      expect(cluster.logger.lines.filter(({ level }) => level === 'error')).to.deep.equal([]);
    });

  it('lets the oldest of several count, and the next one when that goes', async () => {
    const cluster = await start('a');
    cluster.apply('second', '2026-02-01T00:00:00Z');
    await cluster.pass(1000);
    cluster.apply('first', '2026-01-01T00:00:00Z');
    await cluster.pass(1000);
    expect(cluster.writes.map(({ name, status: { phase } }) => `${name} ${phase ?? ''}`)).to.have.members([
      'second Ready',
      'first Ready',
      'second Unknown',
    ]);
    cluster.writes.length = 0;
    cluster.remove('first');
    await cluster.pass(1000);
    expect(cluster.writes).to.have.length(1);
    expect(cluster.writes[0]).to.nested.include({ name: 'second', 'status.phase': 'Ready' });
  });

  it('observes a new generation without asking anything', async () => {
    const cluster = await start('a');
    cluster.apply('production');
    await cluster.pass(3000);
    cluster.takeRequests();
    cluster.apply('production', '2026-01-01T00:00:00Z', 2);
    await cluster.pass(1000);
    expect(status(cluster)).to.include({ observedGeneration: 2 });
    expect(cluster.takeRequests()).to.have.length(1);
  });

  it('counts discoveries and nodes for /metrics', async () => {
    const cluster = await start('a', 'b');
    cluster.apply('production');
    await cluster.pass(1000);
    const text = await cluster.metrics.registry.metrics();
    expect(text).to.contain('dorgu_cluster_discoveries_total{result="complete"} 1');
    expect(text).to.contain('dorgu_cluster_nodes{ready="true"} 2');
  });
});
