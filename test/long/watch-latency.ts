// `node test/long/watch-latency.ts [CHANGES]`: from a status on a real API server to the line of `persona watch` on a terminal. Nothing is asserted.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchers } from '../commands/command-line.ts';
import { waitUntil } from '../cluster/wait-until.ts';
import { startStreamStage } from '../stream/stage.ts';
import { startPseudoTerminal } from '../terminal/pseudo-terminal.ts';
import { formatFigures } from './figures.ts';
import { createDeployment, createPersona, desiredReplicas } from './large-objects.ts';
import { quantile } from './latency.ts';
import { watchPersonas } from './persona-events.ts';
import { writeDeploymentStatus } from './seed.ts';

const count = Number(process.argv[2] ?? 200);
const patienceMs = 20_000;
/** Between two changes: the screen is drawn for each. */
const pauseMs = 120;
const place = { namespace: 'store', name: 'shop' };

const stage = await startStreamStage();
if (stage === undefined) throw new Error('there is no control plane on this machine');
const ca = join(stage.plane.folder, 'stream-ca.crt');
await stage.kubectl(['create', 'namespace', place.namespace]);
await stage.kubectl(['create', '-f', '-'], createPersona(place), createDeployment(place));
const operator = await stage.startOperator(['--websocket-hosts=localhost']);
writeFileSync(ca, await stage.readStreamAuthority());
await writeDeploymentStatus(stage.client, place, desiredReplicas);
const { kubeconfig } = await stage.connectAs(
  await stage.authority.issueClient({ commonName: 'reader', organization: 'system:masters' }),
);
const url = `wss://localhost:${operator.streamPort}/ws`;
const command = ['persona', 'watch', '-n', place.namespace, '--operator-url', url, '--operator-ca', ca];
const terminal = startPseudoTerminal([process.execPath, launchers.dev, ...command], {
  columns: 120,
  env: { KUBECONFIG: kubeconfig },
});
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
    await writeDeploymentStatus(stage.client, place, ready);
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
      what: 'change of the Deployment to screen, p50',
      value: quantile(fromChange, 0.5),
      unit: 'ms' as const,
    },
    {
      what: 'change of the Deployment to screen, p99',
      value: quantile(fromChange, 0.99),
      unit: 'ms' as const,
    },
  ];
  console.log(`${count} changes\n${formatFigures(rows)}`);
} finally {
  terminal.stop();
  await events.stop();
  await stage.stop();
}

/** Whether the row of the persona says so many of its replicas are there. */
function isShown(lines: readonly string[], ready: number): true | undefined {
  return (
    lines.some((line) => line.startsWith('shop') && line.includes(` ${ready}/${desiredReplicas} `)) ||
    undefined
  );
}
