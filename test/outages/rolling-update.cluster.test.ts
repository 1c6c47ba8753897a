// A rolling update of the operator under load: no admission is lost (C7). Replicas stand behind a door that forwards connections as a Service does.
import { connect as connectTcp, createServer, type AddressInfo, type Server } from 'node:net';
import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../../src/kube/connect.ts';
import { createDeployment, createPersona } from '../operator/objects.ts';
import { startWebhookStage, unplaced, type WebhookStage } from '../operator/webhook/stage.ts';

/** Calls a second, for so long; beyond what the machine gives the calls come later, none is left out. */
const rate = 500;
const seconds = 8;
/** How long a Service goes on sending new connections to a replica that has been told to stop. */
const endpointLagMs = 400;

describe('a rolling update under load', function () {
  this.timeout(120_000);
  let stage: WebhookStage;
  let door: Server;
  let ports: number[] = [];
  before(async function () {
    this.timeout(35 * 60 * 1000);
    const started = await startWebhookStage();
    if (started === undefined) this.skip();
    stage = started;
    // New connections go to one after the other; those that are open stay where they are.
    let turn = 0;
    door = createServer((inside) => {
      const port = ports[(turn += 1) % ports.length];
      const outside = connectTcp({ host: '127.0.0.1', port: port ?? 0 });
      inside.on('error', () => outside.destroy());
      outside.on('error', () => inside.resetAndDestroy());
      inside.pipe(outside).pipe(inside);
    });
    await new Promise<void>((resolve) => void door.listen(0, '127.0.0.1', () => resolve()));
  });
  after(async () => {
    await (stage as WebhookStage | undefined)?.stop();
    (door as Server | undefined)?.close();
  });

  it('loses no admission (C7)', async () => {
    const flags = ['--leader-elect'];
    const old = [await stage.startOperator(flags), await stage.startOperator(flags)];
    const portOf = (operator: (typeof old)[number]) => operator.port('webhook');
    ports = await Promise.all(old.map(portOf));
    await stage.callAt((door.address() as AddressInfo).port);
    const namespace = await stage.createNamespace('shop');
    await stage.expectKubectl(
      ['create', '-n', namespace, '-f', '-'],
      unplaced(createPersona('shop', { scaling: { minReplicas: 9 } })),
    );
    await sleep(50);
    const failOpens = async () =>
      /^apiserver_admission_webhook_fail_open_count\{.*\} (\d+)/m.exec(
        await stage.expectKubectl(['get', '--raw', '/metrics']),
      )?.[1] ?? '0';
    const before = await failOpens();
    const calling = callAll(stage, namespace);
    for (const operator of old) {
      const next = await stage.startOperator(flags);
      ports.push(await portOf(next));
      const gone = await portOf(operator);
      operator.kill('SIGTERM');
      await sleep(endpointLagMs);
      ports = ports.filter((port) => port !== gone);
      expect(await operator.ended).to.equal(0);
    }
    const { calls, unasked, errors } = await calling;
    expect({ unasked, errors }).to.deep.equal({ unasked: 0, errors: [] });
    expect(calls).to.equal(rate * seconds);
    expect(await failOpens()).to.equal(before);
  });
});

/** Dry runs of a creation that is always warned about: one without a warning was let through unasked. */
async function callAll(stage: WebhookStage, namespace: string) {
  const env = { KUBECONFIG: stage.plane.kubectl.kubeconfig };
  const client = await connect({ env, home: '', cwd: '/', userAgent: 'test', onWarning: () => undefined });
  const errors = new Set<string>();
  let [calls, unasked] = [0, 0];
  const call = async (): Promise<void> => {
    calls += 1;
    try {
      const { warnings } = await client.request({
        method: 'POST',
        path: `/apis/apps/v1/namespaces/${namespace}/deployments`,
        query: { dryRun: 'All' },
        body: { ...unplaced(createDeployment('shop')), status: undefined },
      });
      if (warnings.length === 0) unasked += 1;
    } catch (error) {
      errors.add(String(error));
    }
  };
  const startedAt = performance.now();
  const open = new Set<Promise<void>>();
  for (let index = 0; index < rate * seconds; index += 1) {
    const dueInMs = startedAt + (index * 1000) / rate - performance.now();
    if (dueInMs > 1) await sleep(Math.min(50, dueInMs));
    if (open.size >= 50) await Promise.race(open);
    const one = call().finally(() => open.delete(one));
    open.add(one);
  }
  await Promise.all(open);
  client.close();
  return { calls, unasked, errors: [...errors] };
}
