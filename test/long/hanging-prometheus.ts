// `node test/long/hanging-prometheus.ts [ROUNDS]`: how long a change takes into a persona's status, and a review through the API server, without a Prometheus,
// beside one that answers, and beside one that hangs; in turns, so that all three meet the same machine. Nothing is asserted.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadavg } from 'node:os';
import { fieldAt } from '../../src/api/foreign-fields.ts';
import { connect } from '../../src/kube/connect.ts';
import type { KubeClient } from '../../src/kube/client.ts';
import { pathOf, resources } from '../../src/kube/resources.ts';
import { createDeployment, createPersona } from '../operator/objects.ts';
import { startWebhookStage, unplaced, type WebhookStage } from '../operator/webhook/stage.ts';

const rounds = Number(process.argv[2] ?? 3);
const changes = 100;
const namespace = 'store';
const ways = ['none', 'answering', 'hanging'] as const;
type Way = (typeof ways)[number];

/** Answers every query with nothing at once, or never; what is on its way is counted. */
function startStandIn(isHanging: boolean): Promise<{ url: string; held: () => number; stop: () => void }> {
  let held = 0;
  const server = createServer((request, response) => {
    request.resume();
    if (isHanging) held += 1;
    else
      response
        .setHeader('content-type', 'application/json')
        .end('{"status":"success","data":{"resultType":"vector","result":[]}}');
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        held: () => held,
        stop: () => {
          server.closeAllConnections();
          server.close();
        },
      }),
    );
  });
}

/** From the sending of a change until the status says so, in milliseconds. */
async function timeChange(client: KubeClient, ready: number): Promise<number> {
  const startedMs = performance.now();
  const place = { namespace, name: 'shop' };
  await client.request({
    method: 'PATCH',
    path: pathOf(resources.deployments, { ...place, subresource: 'status' }),
    contentType: 'application/merge-patch+json',
    body: {
      status: {
        ...{ observedGeneration: 1, replicas: 2, updatedReplicas: 2 },
        ...{ readyReplicas: ready, availableReplicas: ready },
      },
    },
  });
  for (;;) {
    const { body } = await client.request({
      method: 'GET',
      path: pathOf(resources.applicationPersonas, place),
    });
    if (fieldAt(body, 'status', 'health', 'replicas', 'ready') === ready)
      return performance.now() - startedMs;
    if (performance.now() - startedMs > 30_000) throw new Error('waited 30 s in vain for a status');
  }
}

/** A creation that the webhook is asked about, and that is not kept. */
async function timeReview(client: KubeClient): Promise<number> {
  const { status: _, ...deployment } = createDeployment('reviewed') as Record<string, unknown>;
  const startedMs = performance.now();
  await client.request({
    method: 'POST',
    path: pathOf(resources.deployments, { namespace }),
    query: { dryRun: 'All' },
    body: unplaced(deployment),
  });
  return performance.now() - startedMs;
}

async function measure(stage: WebhookStage, client: KubeClient, way: Way): Promise<Record<string, number[]>> {
  const standIn = way === 'none' ? undefined : await startStandIn(way === 'hanging');
  const operator = await stage.startOperator([
    '--controllers=persona',
    ...(standIn === undefined ? [] : [`--prometheus-url=${standIn.url}`, '--prometheus-timeout=1h']),
  ]);
  await stage.callAt(await operator.port('webhook'));
  const [reconcile, admission]: [number[], number[]] = [[], []];
  for (let at = 0; at < changes; at += 1) {
    const isWarm = at >= 10;
    const [changed, reviewed] = [await timeChange(client, at % 2), await timeReview(client)];
    if (isWarm) reconcile.push(changed);
    if (isWarm) admission.push(reviewed);
  }
  if (way === 'hanging' && standIn?.held() === 0) throw new Error('nobody has asked the one that hangs');
  operator.kill('SIGTERM');
  await operator.ended;
  standIn?.stop();
  return { reconcile, admission };
}

/** Each round begins with another, so that what grows or warms up over time falls on all alike. */
function turn(round: number): Way[] {
  const first = round % ways.length;
  return [...ways.slice(first), ...ways.slice(0, first)];
}

function at(values: readonly number[], share: number): string {
  const sorted = values.toSorted((left, right) => left - right);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(1);
}

const stage = await startWebhookStage();
if (stage === undefined) throw new Error('the programs of a control plane are missing');
const { kubeconfig } = stage.plane.kubectl;
const client = await connect({ env: { KUBECONFIG: kubeconfig }, home: '', cwd: '/', userAgent: 'bench' });
const figures = new Map<string, number[]>();
try {
  await stage.createNamespace(namespace);
  const { status: _, ...deployment } = createDeployment('shop') as Record<string, unknown>;
  await stage.expectKubectl(['apply', '-f', '-'], createPersona('shop'), deployment);
  // The first operator of all meets a control plane that is still cold.
  await measure(stage, client, 'none');
  for (let round = 0; round < rounds; round += 1)
    for (const way of turn(round))
      for (const [what, values] of Object.entries(await measure(stage, client, way)))
        figures.set(`${what} ${way}`, [...(figures.get(`${what} ${way}`) ?? []), ...values]);
  console.log(`load of the machine ${loadavg()[0]?.toFixed(1) ?? ''}; ${rounds} rounds of ${changes} each`);
  for (const what of ['reconcile', 'admission'])
    for (const way of ways) {
      const values = figures.get(`${what} ${way}`) ?? [];
      console.log(`${what.padEnd(10)} ${way.padEnd(10)} p50 ${at(values, 0.5)} ms  p90 ${at(values, 0.9)} ms  p99 ${at(values, 0.99)} ms`); // prettier-ignore
    }
} finally {
  client.close();
  await stage.stop();
}
