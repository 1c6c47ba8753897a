// `persona watch` by port-forward through the real API server, kwok being the kubelet, while operators, pods and the laptop itself come and go.
// ASLEEP_SECONDS=120 node_modules/.bin/mocha --no-parallel test/stream/scenes.cluster.test.ts
import { setTimeout as sleep } from 'node:timers/promises';
import { resolve } from 'node:path';
import { expect } from 'chai';
import { pathOf, resources } from '../../src/kube/resources.ts';
import { operatorNamespace } from '../cluster/operator-account.ts';
import { waitUntil } from '../cluster/wait-until.ts';
import { createPod } from './operator-pod.ts';
import { startCuttingRelay, type CuttingRelay } from './cutting-relay.ts';
import { startStreamStage, type StreamReplica, type StreamStage } from './stage.ts';
import { startWatching, type WatchingProcess } from './watching-process.ts';

const asleepMs = Number(process.env['ASLEEP_SECONDS'] ?? 0) * 1000;
const namespace = 'store';
const clientRole = resolve(import.meta.dirname, '../../config/stream/client_role.yaml');

/** A pod that kwok plays, and the process of this machine that a port-forward to it leads to. */
interface Replica {
  pod: string;
  relay: CuttingRelay;
  operator: StreamReplica | undefined;
}

describe('persona watch through the API server (F6)', function () {
  this.timeout(10 * 60 * 1000);
  let stage: StreamStage;
  let kubeconfig: string;
  let watching: WatchingProcess;
  const replicas: Replica[] = [];
  before(async function () {
    this.timeout(35 * 60 * 1000);
    for (const pod of ['operator-a', 'operator-b', 'operator-c', 'operator-d', 'operator-e'])
      replicas.push({ pod, relay: await startCuttingRelay(1, () => Infinity), operator: undefined });
    const forwardPodsTo = replicas.map(({ pod, relay }) => ({
      pod: `${operatorNamespace}/${pod}`,
      address: '127.0.0.1',
      port: relay.port,
    }));
    const started = await startStreamStage({ nodes: 1, forwardPodsTo });
    if (started === undefined) this.skip();
    stage = started;
    await Promise.all([rise(0), rise(1)]);
    kubeconfig = await createReader(stage);
    watching = startWatching(kubeconfig, ['-n', namespace]);
    await untilFollowing();
  });
  after(async () => {
    await (watching as WatchingProcess | undefined)?.end();
    await (stage as StreamStage | undefined)?.stop();
    for (const { relay } of replicas) await relay.close();
  });

  it('comes by a port-forward to one of two replicas, and says nothing about it', async () => {
    await setPhase('Active');
    await watching.untilTold('shop', 'Active');
    expect(watching.notices).to.deep.equal([]);
    expect(replicas.filter(({ relay }) => relay.open > 0)).to.have.length(1);
  });

  it('goes on with another replica when its pod is replaced, and says so once', async () => {
    const lost = following();
    const said = watching.notices.length;
    await Promise.all([rise(2), fall(lost, 'SIGKILL')]);
    await untilFollowing();
    await setPhase('Degraded');
    await watching.untilTold('shop', 'Degraded');
    expect(watching.notices.slice(said)).to.deep.equal(['stream resumed']);
    expect(following()).to.not.equal(lost);
  });

  it('goes on when the replica that leads is told to stop, and says so once at most', async () => {
    const said = watching.notices.length;
    // One that was killed holds the Lease until it runs out.
    const leader = await waitUntil('a leader', async () => (await leaders())[0], { timeoutMs: 40_000 });
    const isOurs = leader === following();
    await Promise.all([rise(3), fall(leader, 'SIGTERM')]);
    await waitUntil('another leader', async () => (await leaders()).find((one) => one !== leader), { timeoutMs: 30_000 }); // prettier-ignore
    await untilFollowing();
    await setPhase('Failed');
    await watching.untilTold('shop', 'Failed');
    expect(watching.notices.slice(said)).to.deep.equal(isOurs ? ['stream resumed'] : []);
  });

  it('goes on when the only operator there is restarts, and shows what the API server says meanwhile', async () => {
    const kept = following();
    for (const other of standing().filter((one) => one !== kept)) await fall(other, 'SIGTERM');
    const said = watching.notices.length;
    kept.operator?.kill('SIGKILL');
    await kept.operator?.ended;
    kept.relay.target = 1;
    await setPhase('Pending');
    await watching.untilTold('shop', 'Pending');
    await serve(kept);
    await untilFollowing();
    await setPhase('Active');
    const resumed = () => watching.notices.at(-1) === 'stream resumed' || undefined;
    await waitUntil('the stream', resumed, { timeoutMs: 40_000 });
    const [first = '', ...rest] = watching.notices.slice(said);
    expect(first).to.match(/^stream unavailable \(.+\): watching the API server instead$/);
    expect(rest).to.deep.equal(['stream resumed']);
  });

  it('goes on when the laptop has slept, tells what happened meanwhile, and says so once', async () => {
    const said = watching.notices.length;
    const told = watching.lines.length;
    watching.signal('SIGSTOP');
    await setPhase('Degraded');
    await setPhase('Failed');
    // Nobody answers pings, and the way home is gone.
    following().relay.hangUp();
    await sleep(asleepMs);
    watching.signal('SIGCONT');
    await watching.untilTold('shop', 'Failed');
    await waitUntil('a word', () => watching.notices.length > said || undefined, { timeoutMs: 40_000 });
    await untilFollowing();
    await setPhase('Active');
    const isTold = () => watching.lines.slice(told).some((line) => line['phase'] === 'Active') || undefined;
    await waitUntil('what comes after it', isTold, { timeoutMs: 40_000 });
    expect(watching.notices.slice(said)).to.deep.equal(['stream resumed']);
  });

  function standing(): Replica[] {
    return replicas.filter(({ operator }) => operator !== undefined);
  }

  /** The one that the watch is connected to. */
  function following(): Replica {
    const found = standing().find(({ relay }) => relay.open > 0);
    if (found === undefined) throw new Error('the watch is connected to nobody');
    return found;
  }

  async function untilFollowing(): Promise<void> {
    const isFollowing = () => standing().some(({ relay }) => relay.open > 0) || undefined;
    await waitUntil('a connection', isFollowing, { timeoutMs: 40_000 }).catch((error: unknown) => {
      throw new Error(`${String(error)}; stderr: ${watching.notices.join('\n')}`);
    });
  }

  async function serve(replica: Replica): Promise<void> {
    replica.operator = await stage.startOperator(['--controllers=cluster', '--leader-elect']);
    replica.relay.target = replica.operator.streamPort;
  }

  async function rise(index: number): Promise<void> {
    const replica = replicas[index];
    if (replica === undefined) throw new RangeError('there are no more replicas');
    await serve(replica);
    await createPod(stage, replica.pod);
  }

  async function fall(replica: Replica, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    replica.operator?.kill(signal);
    await replica.operator?.ended;
    replica.operator = undefined;
    replica.relay.hangUp();
    await stage.kubectl(['delete', 'pod', replica.pod, '-n', operatorNamespace, '--now']);
  }

  async function leaders(): Promise<Replica[]> {
    const holder = await stage.kubectl(['get', 'lease', 'dorgu-operator', '-n', operatorNamespace, '-o', 'jsonpath={.spec.holderIdentity}']); // prettier-ignore
    return standing().filter(({ operator }) =>
      operator?.lines.some((line) => JSON.stringify(line).includes(JSON.stringify(holder))),
    );
  }

  async function setPhase(phase: string): Promise<void> {
    await stage.client.request({
      method: 'PATCH',
      path: pathOf(resources.applicationPersonas, { namespace, name: 'shop', subresource: 'status' }),
      contentType: 'application/merge-patch+json',
      body: { status: { phase } },
    });
  }
});

/** A ServiceAccount that may see the personas of one namespace, and go the way to the stream. Resolves with its kubeconfig. */
async function createReader(stage: StreamStage): Promise<string> {
  const { kubectl } = stage;
  await kubectl(['create', 'namespace', namespace]);
  await kubectl(['create', 'serviceaccount', 'reader', '-n', namespace]);
  await kubectl(['apply', '-f', clientRole]);
  const who = `--serviceaccount=${namespace}:reader`;
  await kubectl(['create', 'rolebinding', 'reader', '--role=dorgu-stream-client', who, '-n', operatorNamespace]); // prettier-ignore
  await kubectl(['create', 'role', 'reader', '--verb=get,list,watch', '--resource=applicationpersonas.dorgu.io', '-n', namespace]); // prettier-ignore
  await kubectl(['create', 'rolebinding', 'reader', '--role=reader', who, '-n', namespace]);
  await kubectl(['create', '-f', '-'], {
    apiVersion: 'dorgu.io/v1',
    kind: 'ApplicationPersona',
    metadata: { name: 'shop', namespace },
    spec: { name: 'shop', type: 'api', tier: 'standard' },
  });
  const token = await kubectl(['create', 'token', 'reader', '-n', namespace, '--duration=2h']);
  return (await stage.connectAs({ token: token.trim() })).kubeconfig;
}
