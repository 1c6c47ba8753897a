// `node test/long/scale.ts [--personas N] …`: the operator beside many personas on a real API server, each figure beside its target.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { connect } from '../../src/kube/connect.ts';
import { readAudit, writeAuditPolicy } from '../cluster/audit.ts';
import { startControlPlane, type ControlPlane } from '../cluster/control-plane.ts';
import { installCrds } from '../cluster/crds.ts';
import { interruptible } from '../cluster/interruption.ts';
import { findPrograms } from '../cluster/programs.ts';
import { formatFigures } from './figures.ts';
import { createOperatorAccount } from '../cluster/operator-account.ts';
import { startOperator } from './operator-process.ts';
import { watchPersonas } from './persona-events.ts';
import { auditRules, countRequests } from './request-counts.ts';
import {
  awaitStatuses,
  measureChurn,
  measureLatencies,
  readPeak,
  stayQuiet,
  toRequestFigures,
  type Run,
} from './scale-phases.ts';
import { seedPods } from './pods.ts';
import { seedCluster } from './seed.ts';

const help = `Measures the operator beside many personas and Deployments on a control plane of its own.

Usage:
  node test/long/scale.ts [flags]

Flags:
  --personas N        how many personas, and Deployments (default 10000)
  --minutes N         quiet minutes in which nothing may be written or listed (default 10)
  --changes N         Deployments changed one after the other, and as many at once (default 200)
  --width N           how many "at once" are (default 8)
  --pods N            pods of the Deployments, of which 1% a second fall ill or get well while more Deployments change (default 0)
  --source            runs the operator from source, not bundled as in images: the compiler of types adds 50 MB
  --node-flags=TEXT   more flags for the operator's Node: --node-flags="--cpu-prof --heap-prof"
  --keep              keeps the folder of its log, its profiles and the audit log

The Deployments look rolled out, but there are no controllers, and no pods but those of --pods. Linux only.
`;

const { values } = parseArgs({
  options: {
    personas: { type: 'string', default: '10000' },
    minutes: { type: 'string', default: '10' },
    changes: { type: 'string', default: '200' },
    width: { type: 'string', default: '8' },
    pods: { type: 'string', default: '0' },
    source: { type: 'boolean', default: false },
    'node-flags': { type: 'string', default: '' },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

const report = (line: string): void => void process.stderr.write(`${line}\n`);

/** Seeds, starts the operator, measures, stops it. */
async function measure(plane: ControlPlane, folder: string, signal: AbortSignal): Promise<void> {
  await installCrds(plane.kubectl, { signal });
  const kubeconfig = await createOperatorAccount(plane.kubectl, folder);
  const env = { KUBECONFIG: plane.kubectl.kubeconfig };
  const client = await connect({ env, home: '', cwd: '/', userAgent: 'kubectl-dorgu/scale', signal });
  const personas = Number(values.personas);
  const began = performance.now();
  await seedCluster(client, personas);
  const seconds = (performance.now() - began) / 1000;
  report(`${personas} personas and Deployments applied in ${seconds.toFixed(0)} s`);
  const pods = Number(values.pods);
  if (pods > 0) await seedPods(client, pods, personas);
  const events = watchPersonas(client);
  const nodeFlags = values['node-flags'].split(' ').filter((flag) => flag !== '');
  const operator = await startOperator({ kubeconfig, folder, nodeFlags, isBuilt: !values.source });
  const run: Run = { client, events, operator, personas, signal, report, figures: [] };
  const startedAt = Date.now();
  try {
    await awaitStatuses(run);
    const quiet = await stayQuiet(run, Number(values.minutes));
    await measureLatencies(run, { count: Number(values.changes), width: Number(values.width) });
    await readPeak(run, 'with changes');
    if (pods > 0) await measureChurn(run, { pods, count: Number(values.changes) });
    report(`the operator ended with ${await operator.stop()}`);
    const audit = await readAudit(folder);
    const starting = countRequests(audit, { from: startedAt, until: quiet.from });
    run.figures.push(...toRequestFigures(countRequests(audit, quiet), starting));
  } finally {
    await operator.stop();
    await events.stop();
    client.close();
    process.stdout.write(`${formatFigures(run.figures)}\n`);
  }
}

async function runOnce(signal: AbortSignal): Promise<void> {
  const search = await findPrograms({ environment: process.env, report, signal });
  if ('missing' in search) throw new Error(search.missing);
  const folder = await mkdtemp(join(tmpdir(), 'dorgu-scale-'));
  if (values.keep) report(`logs are in ${folder}`);
  // Without controllers: they would make 30,000 pods, and the cluster would be measured instead of the operator.
  const { workloads: _, ...programs } = search.programs;
  const apiServerFlags = await writeAuditPolicy(folder, auditRules);
  const plane = await startControlPlane({ programs, apiServerFlags, signal });
  try {
    await measure(plane, folder, signal);
  } finally {
    await plane.stop();
    if (!values.keep) await rm(folder, { recursive: true, force: true });
  }
}

if (values.help) process.stdout.write(help);
else await interruptible(runOnce);
