// The cluster-persona controller on a real API server, with the rights of config/rbac: nodes that come and go, ClusterPersonas that do.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { ClusterPersona, ClusterPersonaStatus } from '../../../../src/api/personas.ts';
import { resources } from '../../../../src/kube/resources.ts';
import { createReflector } from '../../../../src/kube/watch/create-reflector.ts';
import type { Reflector } from '../../../../src/kube/watch/reflector.ts';
import { installCrds } from '../../../cluster/crds.ts';
import { createOperatorAccount } from '../../../cluster/operator-account.ts';
import { waitUntil } from '../../../cluster/wait-until.ts';
import { startOwnCluster, type OwnCluster } from '../../../commands/cluster/own-cluster.ts';
import { createNode } from '../../../status/cluster/cluster-objects.ts';
import { testPolicies } from './policies.ts';
import { startLiveController, type LiveController } from './live-controller.ts';

const asPersona = (object: unknown) => object as ClusterPersona;

/** What the design asks of every status that is ever written. */
function expectInvariants({ metadata, status }: ClusterPersona): void {
  if (status === undefined) return;
  const { observedGeneration = 0, conditions = [] } = status;
  const ready = conditions.find(({ type }) => type === 'Ready');
  expect(ready, 'Ready is always there').to.not.equal(undefined);
  const generation = metadata.generation ?? 0;
  expect(observedGeneration).to.be.at.most(generation);
  for (const condition of conditions) expect(condition.observedGeneration).to.equal(observedGeneration);
}

describe('the cluster-persona controller on a real API server', function () {
  this.timeout(60_000);
  let cluster: OwnCluster;
  let kubeconfig = '';
  let controller: LiveController;
  let personas: Reflector<ClusterPersona>;
  /** Versions of statuses, by name of the ClusterPersona. */
  const writes: string[] = [];
  const broken: string[] = [];

  before(async function () {
    this.timeout(120_000);
    const started = await startOwnCluster();
    if (started === undefined) this.skip();
    cluster = started;
    await installCrds(cluster.plane.kubectl);
    kubeconfig = await createOperatorAccount(cluster.plane.kubectl, cluster.plane.folder);
    controller = await startLiveController(kubeconfig, 3_600_000);
    personas = createReflector(cluster.client, {
      resource: resources.clusterPersonas,
      project: asPersona,
      onChange: (change) => {
        if (change.type !== 'updated') return;
        if (change.value.metadata.generation === change.previous.metadata.generation) writes.push(change.key);
        try {
          expectInvariants(change.value);
        } catch (error) {
          broken.push(String(error));
        }
      },
    });
    personas.start();
    await personas.synced;
  });
  after(async () => {
    await (personas as typeof personas | undefined)?.stop();
    await (controller as typeof controller | undefined)?.stop();
    await (cluster as typeof cluster | undefined)?.stop();
    expect(broken).to.deep.equal([]);
  });

  const statusOf = (name: string): ClusterPersonaStatus => personas.objects.get(name)?.status ?? {};
  const conditionOf = (name: string, type: string) =>
    statusOf(name).conditions?.find((condition) => condition.type === type);
  const until = (what: string, isSo: () => boolean) =>
    waitUntil(what, () => isSo() || undefined, { timeoutMs: 5000 });
  const apply = (object: object) => cluster.kubectl(['apply', '--server-side', '-f', '-'], object);
  const create = (name: string) =>
    apply({ apiVersion: 'dorgu.io/v1', kind: 'ClusterPersona', metadata: { name }, spec: { name } });
  const setReady = (name: string, status: string, beat = '2026-01-01T00:00:00Z') =>
    cluster.client.request({
      method: 'PATCH',
      path: `/api/v1/nodes/${name}/status`,
      contentType: 'application/strategic-merge-patch+json',
      body: { status: { conditions: [{ type: 'Ready', status, lastHeartbeatTime: beat }] } },
    });
  const addNode = (name: string) =>
    cluster.client.request({ method: 'POST', path: '/api/v1/nodes', body: createNode(name) });

  it('asks nothing of a cluster without a ClusterPersona', async () => {
    await addNode('early');
    for (let turn = 0; turn < 20; turn += 1) await sleep(50);
    expect(controller.takeRequests()).to.deep.equal([]);
    await cluster.kubectl(['delete', 'node', 'early']);
  });

  it('describes it once there is one, in nine requests, without a node as well', async () => {
    await create('production');
    await cluster.kubectl(['wait', '--for=condition=Ready', 'clusterpersona/production', '--timeout=10s']);
    expect(statusOf('production')).to.deep.include({ phase: 'Ready', nodeCount: 0, applicationCount: 0 });
    expect(conditionOf('production', 'Healthy')).to.include({ status: 'Unknown', reason: 'NoNodes' });
    const requests = controller.takeRequests();
    expect(requests.filter((request) => request.startsWith('PATCH'))).to.have.length(1);
    expect(requests).to.have.length(9);
  });

  it('shows a node, and then three, within seconds', async () => {
    await addNode('node-1');
    await until('one node', () => statusOf('production').nodeCount === 1);
    await addNode('node-2');
    await addNode('node-3');
    await until('three nodes', () => statusOf('production').readyNodes === 3);
    expect(conditionOf('production', 'Healthy')).to.include({ status: 'True' });
  });

  it('shows a node that is not ready, a taint, and a node that is gone', async () => {
    await setReady('node-2', 'Unknown');
    await until('the node that is not ready', () => statusOf('production').readyNodes === 2);
    expect(conditionOf('production', 'Healthy')?.message).to.contain('node-2');
    await cluster.kubectl(['taint', 'node', 'node-1', 'only=us:NoSchedule']);
    const taintsOf = (name: string) =>
      statusOf('production').nodes?.find((node) => node.name === name)?.taints ?? [];
    await until('the taint', () => taintsOf('node-1').includes('only=us:NoSchedule'));
    await cluster.kubectl(['delete', 'node', 'node-2']);
    await until('the node that is gone', () => statusOf('production').nodeCount === 2);
    expect(statusOf('production').phase).to.equal('Ready');
  });

  it('writes nothing for heartbeats, and asks nothing for nodes', async () => {
    writes.length = 0;
    controller.takeRequests();
    for (let beat = 10; beat < 40; beat += 1) {
      await setReady('node-1', 'True', `2026-01-01T00:00:${beat}Z`);
      await sleep(50);
    }
    expect(writes).to.deep.equal([]);
    expect(controller.takeRequests()).to.deep.equal([]);
  });

  it('lets a second ClusterPersona say that it does not count, until the first is gone', async () => {
    await create('second');
    await until('Superseded', () => conditionOf('second', 'Ready')?.reason === 'Superseded');
    expect(statusOf('second')).to.not.have.any.keys('nodes', 'nodeCount');
    await cluster.kubectl(['delete', 'clusterpersona', 'production']);
    await until('the second', () => conditionOf('second', 'Ready')?.status === 'True');
    expect(statusOf('second').nodeCount).to.equal(2);
  });

  it('observes a changed spec without asking the cluster', async () => {
    controller.takeRequests();
    await cluster.kubectl([
      'patch',
      'clusterpersona',
      'second',
      '--type=merge',
      '-p',
      '{"spec":{"description":"new"}}',
    ]);
    await until('the generation', () => statusOf('second').observedGeneration === 2);
    expect(controller.takeRequests()).to.deep.equal([
      'PATCH /apis/dorgu.io/v1/clusterpersonas/second/status',
    ]);
  });

  it('puts right what somebody else writes into the status', async () => {
    const patch = '{"status":{"nodeCount":99}}';
    await cluster.kubectl([
      'patch',
      'clusterpersona',
      'second',
      '--subresource=status',
      '--type=merge',
      '-p',
      patch,
    ]);
    await until('the truth', () => statusOf('second').nodeCount === 2);
  });

  describe('as personas feel it', () => testPolicies(() => ({ cluster, kubeconfig, counting: 'second' })));
});
