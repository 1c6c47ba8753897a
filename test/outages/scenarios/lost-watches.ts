// A11: of everything that is watched, the right is taken away live and given back, one after the other.
import { expect } from 'chai';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitUntil } from '../../cluster/wait-until.ts';
import { listAbsences, type Troupe } from '../expectation.ts';
import type { OperatorChild } from '../operator-child.ts';
import type { Stage } from '../stage.ts';
import { withdraw } from './lost-permission.ts';

/** What is watched wherever the operator runs: optional kinds are not installed here. */
export const watchedResources = [
  'pods',
  'services',
  'namespaces',
  'nodes',
  'deployments',
  'statefulsets',
  'daemonsets',
  'cronjobs',
  'jobs',
  'horizontalpodautoscalers',
  'poddisruptionbudgets',
  'customresourcedefinitions',
  'clusterpersonas',
] as const;

/** A watch that is refused, as this account's watches are asked for again: through this. */
export interface HangsUp {
  hangUp(): void;
}

interface SeenCondition {
  type: string;
  status: string;
  message: string;
}

const clusterPersona = 'outages';

/** Everything that may be said of a refusal is said by the ClusterPersona. */
async function createClusterPersona({ kubectl }: Stage): Promise<void> {
  const metadata = { name: clusterPersona };
  const spec = { name: clusterPersona };
  await kubectl(['apply', '-f', '-'], { apiVersion: 'dorgu.io/v1', kind: 'ClusterPersona', metadata, spec });
}

async function untilDiscovered(
  { kubectl }: Stage,
  fits: (condition: SeenCondition) => boolean,
  timeoutMs: number,
): Promise<void> {
  const path = ['get', 'clusterpersona', clusterPersona, '-o', 'jsonpath={.status.conditions}'];
  let last = '';
  const find = async () => {
    last = await kubectl(path);
    const conditions = JSON.parse(last || '[]') as SeenCondition[];
    return conditions.some((one) => one.type === 'Discovered' && fits(one)) || undefined;
  };
  await waitUntil('the condition Discovered', find, { timeoutMs, intervalMs: 250 }).catch(
    (error: unknown) => {
      throw new Error(`${String(error)}: ${last}`);
    },
  );
}

/** Events of the ClusterPersona: `Warning DiscoveryFailed` */
async function countEvents({ kubectl }: Stage): Promise<number> {
  const chosen = '--field-selector=involvedObject.kind=ClusterPersona,reason=DiscoveryFailed';
  const { items } = JSON.parse(await kubectl(['get', 'events', '-A', chosen, '-o', 'json'])) as {
    items: { count?: number }[];
  };
  return items.reduce((sum, { count = 1 }) => sum + count, 0);
}

/**
 * The right to list and watch each of them is gone for so long: the ClusterPersona says so, as a condition and an Event; personas that change are judged
 * all the same, and no workload is taken for absent; and all is well soon after. Returns from when the right was back to when that was said, by resource.
 */
export async function loseWatches(
  stage: Stage,
  troupe: Troupe,
  { operator, line }: { operator: OperatorChild; line: HangsUp },
  resources: readonly string[],
  lostMs: number,
): Promise<Record<string, number>> {
  await createClusterPersona(stage);
  await untilDiscovered(stage, ({ status }) => status === 'True', 30_000);
  await troupe.untilRight(30_000);
  const begunAt = Date.now();
  const backMs: Record<string, number> = {};
  for (const resource of resources) {
    const eventsBefore = await countEvents(stage);
    const restore = await withdraw(stage, resource, ['list', 'watch']);
    const withdrawnAt = Date.now();
    // A watch that runs goes on for as long as it lasts: minutes.
    line.hangUp();
    // Who may not be asked about ClusterPersonas has none to say it in; the log and /metrics have said it.
    if (resource === 'clusterpersonas') await untilLogged(operator, resource);
    else
      await untilDiscovered(
        stage,
        ({ status, message }) => status === 'False' && message.includes(resource),
        45_000,
      );
    await operator.untilReady(true, 30_000);
    const name = 'app-13';
    await troupe.revise(name);
    await troupe.untilRight(15_000, [name]);
    await sleep(Math.max(0, withdrawnAt + lostMs - Date.now()));
    expect(operator.end).to.equal(undefined);
    await restore();
    const restoredAt = Date.now();
    await troupe.changeReady('app-14');
    await untilDiscovered(stage, ({ status }) => status === 'True', 60_000);
    await troupe.untilRight(60_000);
    backMs[resource] = Date.now() - restoredAt;
    if (resource !== 'clusterpersonas')
      expect(await countEvents(stage), `Events of ${resource}`).to.be.greaterThan(eventsBefore);
  }
  expect(listAbsences(await troupe.writesSince(begunAt)), 'absences invented').to.deep.equal([]);
  return backMs;
}

async function untilLogged(operator: OperatorChild, resource: string): Promise<void> {
  const refusal = new RegExp(`"Watch fails".*${resource}.* is forbidden`);
  const isTold = async () => refusal.test(await operator.log()) || undefined;
  await waitUntil(`the log to name ${resource}`, isTold, { timeoutMs: 45_000, intervalMs: 250 });
}
