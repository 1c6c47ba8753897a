// `node test/long/watch-latency.ts [CHANGES] [SUBSCRIBERS] [direct|forward]`: from a status on a real API server to the line of `persona watch` on a
// terminal, among so many subscribers, by --operator-url or by the port-forward through the API server. Nothing is asserted.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeClient } from '../../src/kube/client.ts';
import { pathOf, resources } from '../../src/kube/resources.ts';
import { launchers } from '../commands/command-line.ts';
import { waitUntil } from '../cluster/wait-until.ts';
import { operatorNamespace } from '../cluster/operator-account.ts';
import { startCuttingRelay } from '../stream/cutting-relay.ts';
import { createPod } from '../stream/operator-pod.ts';
import { startStreamStage } from '../stream/stage.ts';
import { connectStream, type StreamClient } from '../stream/stream-client.ts';
import { startPseudoTerminal } from '../terminal/pseudo-terminal.ts';
import { formatFigures } from './figures.ts';
import { createDeployment, createPersona, desiredReplicas } from './large-objects.ts';
import { quantile } from './latency.ts';
import { watchPersonas } from './persona-events.ts';
import { writeDeploymentStatus } from './seed.ts';

const count = Number(process.argv[2] ?? 200);
const subscribers = Number(process.argv[3] ?? 1);
const isForwarded = process.argv[4] === 'forward';
const patienceMs = 20_000;
/** Between two changes: the screen is drawn for each. */
const pauseMs = 120;
const place = { namespace: 'store', name: 'shop' };

const pod = 'operator-a';
const relay = await startCuttingRelay(1, () => Infinity);
relay.isCutting = false;
const forwardPodsTo = [{ pod: `${operatorNamespace}/${pod}`, address: '127.0.0.1', port: relay.port }];
const stage = await startStreamStage(isForwarded ? { nodes: 1, forwardPodsTo } : {});
if (stage === undefined) throw new Error('there is no control plane on this machine');
const ca = join(stage.plane.folder, 'stream-ca.crt');
await stage.kubectl(['create', 'namespace', place.namespace]);
await stage.kubectl(
  ['create', '-f', '-'],
  createPersona(place),
  ...(isForwarded ? [] : [createDeployment(place)]),
);
// Where ports are forwarded there is a controller-manager, which would say what Deployments are like: statuses of personas are written by us then.
const operator = await stage.startOperator([
  '--websocket-hosts=localhost',
  ...(isForwarded ? ['--controllers=cluster'] : []),
]);
const write = isForwarded ? writePersonaStatus : writeDeploymentStatus;
relay.target = operator.streamPort;
if (isForwarded) await createPod(stage, pod);
writeFileSync(ca, await stage.readStreamAuthority());
await write(stage.client, place, desiredReplicas);
const createReader = (commonName: string) =>
  stage.authority.issueClient({ commonName, organization: 'system:masters' });
const { kubeconfig } = await stage.connectAs(await createReader('reader'));
const url = `wss://localhost:${operator.streamPort}/ws`;
const way = isForwarded ? [] : ['--operator-url', url, '--operator-ca', ca];
const terminal = startPseudoTerminal(
  [process.execPath, launchers.dev, 'persona', 'watch', '-n', place.namespace, ...way],
  { columns: 120, env: { KUBECONFIG: kubeconfig } },
);
const address = { port: operator.streamPort, authority: await stage.readStreamAuthority() };
const others: StreamClient[] = [];
for (let index = 1; index < subscribers; index += 1) {
  const other = await connectStream(address, await createReader(`other-${index}`));
  other.say({ type: 'subscribe', topic: 'personas', requestId: 'all' });
  await other.first('all');
  others.push(other);
}
const events = watchPersonas(stage.client);
const fromWrite: number[] = [];
const fromChange: number[] = [];
try {
  const shows = (ready: number) => () => isShown(terminal.session.emulator.lines(), ready);
  await waitUntil('the first screen', shows(desiredReplicas), { timeoutMs: 60_000 });
  for (let index = 0; index < count; index += 1) {
    const ready = desiredReplicas - 1 - (index % 2);
    const written = events.awaitChange(place, ({ status }) => status?.health?.replicas?.ready === ready, patienceMs); // prettier-ignore
    const shown = waitUntil('the line', shows(ready), { timeoutMs: patienceMs, intervalMs: 1 }).then(() => performance.now()); // prettier-ignore
    const changedAt = performance.now();
    await write(stage.client, place, ready);
    const [writtenAt, shownAt] = await Promise.all([written, shown]);
    fromWrite.push(shownAt - writtenAt);
    fromChange.push(shownAt - changedAt);
    await sleep(pauseMs);
  }
  const rows = [
    { what: 'status write to screen, p50', value: quantile(fromWrite, 0.5), unit: 'ms' as const },
    {
      what: 'status write to screen, p99',
      value: quantile(fromWrite, 0.99),
      unit: 'ms' as const,
      target: 150,
    },
    {
      what: 'request that changes it to screen, p50',
      value: quantile(fromChange, 0.5),
      unit: 'ms' as const,
    },
    {
      what: 'request that changes it to screen, p99',
      value: quantile(fromChange, 0.99),
      unit: 'ms' as const,
    },
  ];
  const told = others.map(({ heard }) => heard.filter(({ type }) => type === 'event').length);
  const least =
    others.length === 0 ? '' : `, of which each other subscriber was told at least ${Math.min(...told)}`;
  const notices = terminal.session.raw().includes('stream unavailable') ? ' WITHOUT THE STREAM' : '';
  console.log(
    `${count} changes, ${subscribers} subscribers, ${isForwarded ? 'port-forward' : 'direct'}${least}${notices}\n${formatFigures(rows)}`,
  );
} finally {
  terminal.stop();
  await events.stop();
  for (const other of others) other.close();
  await relay.close();
  await stage.stop();
}

/** Whether the row of the persona says so many of its replicas are there. */
function isShown(lines: readonly string[], ready: number): true | undefined {
  return (
    lines.some((line) => line.startsWith('shop') && line.includes(` ${ready}/${desiredReplicas} `)) ||
    undefined
  );
}

async function writePersonaStatus(
  client: KubeClient,
  { namespace, name }: typeof place,
  ready: number,
): Promise<void> {
  await client.request({
    method: 'PATCH',
    path: pathOf(resources.applicationPersonas, { namespace, name, subresource: 'status' }),
    contentType: 'application/merge-patch+json',
    body: {
      status: {
        phase: 'Active',
        health: { status: 'Healthy', replicas: { ready, desired: desiredReplicas } },
      },
    },
  });
}
