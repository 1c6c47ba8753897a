// Outages that take minutes by nature, on a real control plane: `node test/long/outages.ts [NAME …]`, figures in milliseconds.
import { createTroupe, type Troupe } from '../outages/expectation.ts';
import type { OperatorChild } from '../outages/operator-child.ts';
import { freezeProgram, freezeWhatAnswers } from '../outages/scenarios/frozen-program.ts';
import { startReplica, stopLeader, terminateLeader } from '../outages/scenarios/handover.ts';
import { loseApiServer } from '../outages/scenarios/lost-api-server.ts';
import { crawl, pushBack, refuse, refuseForGood } from '../outages/scenarios/bad-network.ts';
import { loseReading, loseWriting } from '../outages/scenarios/lost-permission.ts';
import { loseWatches, watchedResources } from '../outages/scenarios/lost-watches.ts';
import { followArgo, installLate, reinstall } from '../outages/scenarios/missing-kinds.ts';
import { renewAuthority } from '../outages/scenarios/renewed-authority.ts';
import { renewToken } from '../outages/scenarios/renewed-token.ts';
import { startStage, type Account, type Door, type Stage } from '../outages/stage.ts';
import { startFaultProxy } from '../faults/fault-proxy.ts';
import { startTcpRelay, type TcpRelay } from '../faults/tcp-relay.ts';
import { installCrds } from '../cluster/crds.ts';

/** One outage on a stage of its own, with CRDs and thirty applications. */
type Scene = (stage: Stage, troupe: Troupe) => Promise<object>;

interface Running {
  operator: OperatorChild;
  account: Account;
}

async function run(stage: Stage, flags: readonly string[] = [], door?: Door): Promise<Running> {
  const account = await stage.issueAccount('first', door);
  const operator = await stage.startOperator(account, flags);
  await operator.untilReady(true, 30_000);
  return { operator, account };
}

const outage =
  (downMs: number): Scene =>
  async (stage, troupe) =>
    loseApiServer(stage, troupe, (await run(stage)).operator, downMs);

const freeze =
  (name: 'apiServer' | 'etcd', frozenMs: number, flags: readonly string[] = []): Scene =>
  async (stage, troupe) => {
    const { operator } = await run(stage, flags);
    const act = name === 'etcd' ? freezeProgram : freezeWhatAnswers;
    return act(stage, troupe, operator, stage[name], frozenMs);
  };

/** With a load balancer between. */
const throughRelay =
  (act: (stage: Stage, troupe: Troupe, running: Running, relay: TcpRelay) => Promise<object>): Scene =>
  async (stage, troupe) => {
    const relay = await startTcpRelay(stage.plane.server);
    try {
      return await act(stage, troupe, await run(stage, [], relay), relay);
    } finally {
      await relay.close();
    }
  };

const throughProxy =
  (
    act: (
      troupe: Troupe,
      proxy: Awaited<ReturnType<typeof startFaultProxy>>,
      running: Running,
    ) => Promise<object>,
  ): Scene =>
  async (stage, troupe) => {
    const proxy = await startFaultProxy(stage.plane.kubectl.kubeconfig, { asCaller: true });
    try {
      const running = await run(stage, [], proxy);
      await troupe.untilRight(30_000);
      return await act(troupe, proxy, running);
    } finally {
      await proxy.close();
    }
  };

const pair =
  (
    act: (
      stage: Stage,
      troupe: Troupe,
      leader: Awaited<ReturnType<typeof startReplica>>,
      standby: Awaited<ReturnType<typeof startReplica>>,
    ) => Promise<object>,
    clocks: readonly [number, number] = [0, 0],
  ): Scene =>
  async (stage, troupe) => {
    const leader = await startReplica(stage, 'first', clocks[0]);
    return act(stage, troupe, leader, await startReplica(stage, 'second', clocks[1]));
  };

const tenMinutesMs = 600_000;

const scenes: Record<string, Scene> = {
  'api-server-5s': outage(5000),
  'api-server-30s': outage(30_000),
  'api-server-300s': outage(300_000),
  'api-server-frozen-20s': freeze('apiServer', 20_000, ['--leader-elect']),
  'api-server-frozen-100s': freeze('apiServer', 100_000),
  'load-balancer-frozen-100s': throughRelay((stage, troupe, { operator }, relay) => {
    const between = { pause: () => relay.freeze(), resume: () => relay.thaw() };
    return freezeWhatAnswers(stage, troupe, operator, between, 100_000);
  }),
  'etcd-frozen-20s': freeze('etcd', 20_000),
  'etcd-frozen-20s-elected': freeze('etcd', 20_000, ['--leader-elect']),
  'leader-stopped-40s': pair((stage, troupe, leader, standby) =>
    stopLeader(stage, troupe, leader, standby, 40_000),
  ),
  sigterm: pair(terminateLeader),
  'clocks-off-sigterm': pair(terminateLeader, [tenMinutesMs, -tenMinutesMs]),
  'clocks-off-leader-stopped-40s': pair(
    (stage, troupe, leader, standby) => stopLeader(stage, troupe, leader, standby, 40_000),
    [-tenMinutesMs, tenMinutesMs],
  ),
  'permission-to-write': async (stage, troupe) => loseWriting(stage, troupe, (await run(stage)).operator),
  'permission-to-read': async (stage, troupe) => loseReading(stage, troupe, (await run(stage)).operator),
  'permission-to-watch': throughRelay((stage, troupe, { operator }, line) =>
    loseWatches(stage, troupe, { operator, line }, watchedResources, 5000),
  ),
  'permission-to-watch-60s': throughRelay((stage, troupe, { operator }, line) =>
    loseWatches(stage, troupe, { operator, line }, ['pods', 'deployments'], 60_000),
  ),
  'argo-cd': async (stage, troupe) => followArgo(stage, troupe, (await run(stage)).operator),
  token: async (stage, troupe) => {
    const { operator, account } = await run(stage);
    return renewToken(stage, troupe, operator, account);
  },
  'certificate-authority': throughProxy((troupe, proxy, { operator, account }) =>
    renewAuthority(proxy, troupe, operator, account, 60_000),
  ),
  'slow-network': throughProxy((troupe, proxy, { operator }) => crawl(proxy, troupe, operator)),
  'push-back': throughProxy((troupe, proxy) => pushBack(proxy, troupe)),
  refusals: throughProxy(async (troupe, proxy) => ({
    conflict: await refuse(proxy, troupe, 'app-7', { status: 409, reason: 'Conflict', times: 2 }),
    notFound: await refuse(proxy, troupe, 'app-8', { status: 404, reason: 'NotFound', times: 1 }),
    invalid: await refuseForGood(proxy, troupe, 'app-9', { status: 422, reason: 'Invalid' }),
    tooLarge: await refuseForGood(proxy, troupe, 'app-10', { status: 413, reason: 'RequestEntityTooLarge' }),
  })),
};

async function play(scene: Scene): Promise<object> {
  const stage = await startStage();
  if (stage === undefined) throw new Error('there is no control plane on this machine: see docs/cluster.md');
  try {
    await installCrds(stage.plane.kubectl);
    const figures = await scene(stage, await createTroupe(stage, 'troupe', 30));
    if (process.env['OUTAGE_LOGS']) for (const log of stage.logs()) process.stderr.write(await log());
    return figures;
  } catch (error) {
    for (const log of stage.logs()) process.stderr.write(`${await log()}\n`);
    throw error;
  } finally {
    await stage.stop();
  }
}

/** The kinds come last of all: this one begins without. */
async function playWithoutKinds(): Promise<object> {
  const stage = await startStage();
  if (stage === undefined) throw new Error('there is no control plane on this machine: see docs/cluster.md');
  try {
    const operator = await stage.startOperator(await stage.issueAccount('first'));
    const { troupe: _, ...late } = await installLate(stage, operator);
    return { late, again: await reinstall(stage, operator) };
  } catch (error) {
    for (const log of stage.logs()) process.stderr.write(`${await log()}\n`);
    throw error;
  } finally {
    await stage.stop();
  }
}

const all = [...Object.keys(scenes), 'missing-kinds'];
const asked = process.argv.length > 2 ? process.argv.slice(2) : all;
for (const name of asked) {
  const scene = scenes[name];
  if (scene === undefined && name !== 'missing-kinds')
    throw new Error(`expected one of ${all.join(', ')}; found ${name}`);
  const begun = Date.now();
  const figures = await (scene === undefined ? playWithoutKinds() : play(scene)).catch((error: unknown) => {
    process.exitCode = 1;
    return { failed: String(error) };
  });
  process.stdout.write(
    `${name} (${Math.round((Date.now() - begun) / 1000)} s): ${JSON.stringify(figures)}\n`,
  );
}
