// A11: of what is written beside the statuses of personas, the right is taken away live and given back: Events, the ClusterPersona's status, the Lease.
import { expect } from 'chai';
import { operatorNamespace } from '../../cluster/operator-account.ts';
import { waitUntil } from '../../cluster/wait-until.ts';
import type { Troupe } from '../expectation.ts';
import { findTrespasses } from '../lease-writes.ts';
import type { OperatorChild } from '../operator-child.ts';
import type { Stage } from '../stage.ts';
import type { Replica } from './handover.ts';
import { withdraw } from './lost-permission.ts';

const namespace = 'default';
const isTold = (operator: OperatorChild, words: RegExp) =>
  waitUntil(`the log to say ${words}`, async () => words.test(await operator.log()) || undefined, {
    timeoutMs: 45_000,
    intervalMs: 250,
  });

/** Two personas of one application, which is worth an Event of each. */
async function quarrel({ kubectl }: Stage, application: string): Promise<() => Promise<unknown>> {
  const names = [`${application}-a`, `${application}-b`];
  const labels = { app: application };
  const template = {
    metadata: { labels },
    spec: { containers: [{ name: 'x', image: 'registry.example/x:1' }] },
  };
  const of = (apiVersion: string, kind: string, name: string, spec: object) =>
    kubectl(['apply', '-f', '-'], { apiVersion, kind, metadata: { name, namespace }, spec });
  await of('apps/v1', 'Deployment', application, { selector: { matchLabels: labels }, template });
  for (const name of names)
    await of('dorgu.io/v1', 'ApplicationPersona', name, { name: application, type: 'api' });
  const where = ['-n', namespace, '--wait=false'];
  return async () => {
    await kubectl(['delete', 'applicationpersona', ...names, ...where]);
    await kubectl(['delete', 'deployment', application, ...where]);
  };
}

async function listReasons({ kubectl }: Stage, name: string): Promise<string[]> {
  const chosen = `--field-selector=involvedObject.name=${name}`;
  const text = await kubectl(['get', 'events', '-n', namespace, chosen, '-o', 'jsonpath={.items[*].reason}']);
  return text.split(' ');
}

/** No Events may be written for a while: that is logged once, statuses go on, and what happens later is told again. */
export async function loseEvents(stage: Stage, troupe: Troupe, operator: OperatorChild): Promise<void> {
  await troupe.untilRight(30_000);
  const restore = await withdraw(stage, 'events', ['create', 'patch']);
  const warning = /"level":"warn","message":"An Event was not written".*is forbidden/;
  const tidy = await quarrel(stage, 'unheard');
  await isTold(operator, warning);
  await troupe.changeReady('app-2');
  await troupe.untilRight(10_000, ['app-2']);
  await operator.untilReady(true, 5000);
  const lines = (await operator.log()).split('\n').filter((line) => warning.test(line));
  expect(lines).to.have.length(1);
  await restore();
  await tidy();
  const tidyAgain = await quarrel(stage, 'heard');
  const find = async () => (await listReasons(stage, 'heard-a')).includes('Ambiguous') || undefined;
  await waitUntil('an Event', find, { timeoutMs: 20_000, intervalMs: 250 });
  expect(await listReasons(stage, 'unheard-a')).to.deep.equal(['']);
  await tidyAgain();
}

/** The status of the ClusterPersona may not be written for a while: that is logged, personas go on, and what has changed meanwhile is there soon after. */
export async function loseClusterStatus(
  stage: Stage,
  troupe: Troupe,
  operator: OperatorChild,
): Promise<{ backMs: number }> {
  const { kubectl } = stage;
  const name = 'lost-writes';
  const persona = { apiVersion: 'dorgu.io/v1', kind: 'ClusterPersona', metadata: { name }, spec: { name } };
  await kubectl(['apply', '-f', '-'], persona);
  const untilNodes = (count: number) =>
    waitUntil(
      `${count} nodes in the status`,
      async () => {
        const path = '-o=jsonpath={.status.nodes[*].name}/{.status.phase}';
        const [nodes = '', phase = ''] = (await kubectl(['get', 'clusterpersona', name, path])).split('/');
        return (phase !== '' && nodes.split(' ').filter(Boolean).length === count) || undefined;
      },
      { timeoutMs: 60_000, intervalMs: 250 },
    );
  await untilNodes(0);
  const restore = await withdraw(stage, 'clusterpersonas/status', ['patch']);
  await kubectl(['apply', '-f', '-'], { apiVersion: 'v1', kind: 'Node', metadata: { name: 'late' } });
  await isTold(operator, /"message":"Reconciliation failed".*clusterpersonas.*is forbidden/);
  await troupe.changeReady('app-3');
  await troupe.untilRight(10_000, ['app-3']);
  await operator.untilReady(true, 5000);
  await restore();
  const restoredAt = Date.now();
  await untilNodes(1);
  const backMs = Date.now() - restoredAt;
  await kubectl(['delete', 'node', 'late', '--wait=false']);
  await kubectl(['delete', 'clusterpersona', name, '--wait=false']);
  return { backMs };
}

/** The Lease may not be renewed for a while: who led writes nothing any more once it has ended, says so, and leads again when it may. */
export async function loseLease(
  stage: Stage,
  troupe: Troupe,
  { operator }: Replica,
): Promise<{ backMs: number }> {
  await troupe.untilRight(30_000);
  const where = ['-n', operatorNamespace];
  const role = ['role', 'dorgu-operator-leader-election', ...where];
  const { rules } = JSON.parse(await stage.kubectl(['get', ...role, '-o', 'json'])) as { rules: object[] };
  const write = (next: object[]) =>
    stage.kubectl(['patch', ...role, '--type=merge', '-p', JSON.stringify({ rules: next })]);
  await write([]);
  await isTold(operator, /leases.*is forbidden/);
  await isTold(operator, /"message":"Leading ends".*could not be renewed/);
  const changedAt = Date.now();
  await troupe.changeReady('app-5');
  // Longer than any write takes, and than the Lease lasted.
  await waitUntil('a while', () => (Date.now() - changedAt > 5000 ? true : undefined), { timeoutMs: 10_000 });
  // A follower answers admissions, and is ready.
  await operator.untilReady(true, 1000);
  const whileLost = (await troupe.writesSince(changedAt)).filter(
    ({ persona }) => persona.metadata.name === 'app-5',
  );
  expect(whileLost).to.deep.equal([]);
  await write(rules);
  const restoredAt = Date.now();
  const rightAt = await troupe.untilRight(45_000);
  await operator.untilReady(true, 10_000);
  expect(findTrespasses(await stage.audit())).to.deep.equal([]);
  return { backMs: rightAt - restoredAt };
}
