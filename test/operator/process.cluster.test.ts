// Replicas of the operator as processes on the real API server: who leads, who takes over, how they end, who reads their metrics.
import { request } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { useCluster } from '../cluster/use-cluster.ts';
import { waitUntil } from '../cluster/wait-until.ts';
import { spawnOperator, type OperatorChild } from './child.ts';

describe('replicas of the operator', () => {
  const cluster = useCluster();
  const running = new Set<OperatorChild>();
  let namespace: string;
  before(async () => {
    namespace = await cluster.createNamespace();
  });
  afterEach(async () => {
    for (const operator of running) {
      operator.kill('SIGKILL');
      await operator.ended;
    }
    running.clear();
    await cluster.expectKubectl(['delete', 'lease', '--all', '-n', namespace]);
  });

  /** One that keeps no personas: those belong to other tests. */
  const start = (...args: string[]) => {
    const operator = spawnOperator([
      `--kubeconfig=${cluster.kubeconfig}`,
      '--leader-elect',
      `--leader-election-namespace=${namespace}`,
      '--controllers=',
      ...args,
    ]);
    running.add(operator);
    return operator;
  };
  const holder = async () => {
    const args = ['get', 'lease', 'dorgu-operator', '-n', namespace, '--ignore-not-found'];
    return cluster.expectKubectl([...args, '-o', 'jsonpath={.spec.holderIdentity}']);
  };
  const beginningOf = async (operator: OperatorChild, timeoutMs: number) =>
    Date.parse(String((await operator.said('Leading begins', timeoutMs))['time']));

  it('hand over within two seconds when the leader is told to stop (C4)', async () => {
    const first = start();
    await first.said('Leading begins');
    const second = start();
    await second.port('metrics');
    await sleep(50);
    const stoppedAt = Date.now();
    first.kill('SIGTERM');
    expect(await first.ended).to.equal(0);
    const tookMs = Date.now() - stoppedAt;
    expect(tookMs).to.be.below(5000);
    expect((await beginningOf(second, 10_000)) - stoppedAt).to.be.below(2000 + tookMs);
    expect(await holder()).to.equal((await second.said('Leading begins'))['identity']);
  });

  it('stop within five seconds whenever they are told to, and leave the Lease to nobody (C4)', async () => {
    const moments = [0, 300, 900];
    const ends = await Promise.all(
      moments.map(async (afterMs) => {
        // They stand in each other's way, so that some are told to stop in the middle of taking or renewing the Lease.
        const operator = start();
        await operator.said('Starting');
        await sleep(afterMs * Math.random());
        const toldAt = Date.now();
        operator.kill('SIGTERM');
        return {
          end: await operator.ended,
          isInTime: Date.now() - toldAt < 5000,
          errors: errorsOf(operator),
        };
      }),
    );
    expect(ends).to.deep.equal(moments.map(() => ({ end: 0, isInTime: true, errors: [] })));
    expect(await holder()).to.equal('');
  });

  it('leave the lead to who has taken it, and one that was frozen finds out before it does anything (C1)', async function () {
    this.timeout(60_000);
    const first = start();
    await first.said('Leading begins');
    const second = start();
    await second.port('metrics');
    first.kill('SIGSTOP');
    const frozenAt = Date.now();
    const takenAt = await beginningOf(second, 25_000);
    expect(takenAt - frozenAt).to.be.within(12_000, 20_000);
    const identity = await holder();
    first.kill('SIGCONT');
    const ending = await first.said('Leading ends');
    expect(ending['reason']).to.match(/could not be renewed in time|holds the Lease/);
    await sleep(50);
    expect(await holder()).to.equal(identity);
    // Somebody edits it: the holder gives up at its next renewal.
    const patch = JSON.stringify({ spec: { holderIdentity: 'thief' } });
    await cluster.expectKubectl([
      'patch',
      'lease',
      'dorgu-operator',
      '-n',
      namespace,
      '--type=merge',
      '-p',
      patch,
    ]);
    expect((await second.said('Leading ends', 5000))['reason']).to.equal('thief holds the Lease');
    expect(await holder()).to.equal('thief');
  });

  it('are ready on a cluster without anything of ours to do, and show metrics to whom the cluster lets (token and RBAC)', async () => {
    const operator = start();
    const health = await operator.port('health');
    await waitUntil(
      'readiness',
      async () => ((await fetch(`http://127.0.0.1:${health}/readyz`)).ok ? true : undefined),
      { timeoutMs: 10_000 },
    );
    await operator.said('Leading begins');
    const port = await operator.port('metrics');
    for (const name of ['reader', 'stranger'])
      await cluster.expectKubectl(['create', 'serviceaccount', name, '-n', namespace]);
    const role = `${namespace}-metrics`;
    await cluster.expectKubectl(['create', 'clusterrole', role, '--verb=get', '--non-resource-url=/metrics']);
    try {
      const subject = `--serviceaccount=${namespace}:reader`;
      await cluster.expectKubectl(['create', 'clusterrolebinding', role, `--clusterrole=${role}`, subject]);
      const token = (name: string) => cluster.expectKubectl(['create', 'token', name, '-n', namespace]);
      const shown = await readMetrics(port, (await token('reader')).trim());
      expect(shown.status).to.equal(200);
      expect(shown.text).to.include('leader_election_master_status{name="dorgu-operator"} 1');
      expect(shown.text).to.match(
        /rest_client_requests_total\{code="200",method="update",.*resource="leases"\} [1-9]/,
      );
      expect((await readMetrics(port, (await token('stranger')).trim())).status).to.equal(403);
      expect((await readMetrics(port, 'nonsense')).status).to.equal(401);
    } finally {
      await cluster.expectKubectl(['delete', 'clusterrole,clusterrolebinding', role, '--ignore-not-found']);
    }
  });
});

function errorsOf({ lines }: OperatorChild): unknown[] {
  return lines.filter((line) => line['level'] === 'error');
}

function readMetrics(port: number, token: string): Promise<{ status: number | undefined; text: string }> {
  const headers = { authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: '/metrics', headers, rejectUnauthorized: false };
    request(options, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode, text }));
    })
      .on('error', reject)
      .end();
  });
}
