// A feed whose wire to the operator breaks at random bytes, and whose operator is killed, while personas change all the time (F6).
// CUTS=1000 CUTS_SEED=7 node_modules/.bin/mocha --no-parallel test/stream/cuts.cluster.test.ts
import { expect } from 'chai';
import { isDeepStrictEqual } from 'node:util';
import { createFeed } from '../../src/cluster/follow/create-feed.ts';
import type { Feed } from '../../src/cluster/follow/feed.ts';
import { pathOf, resources } from '../../src/kube/resources.ts';
import { toPersonaItem } from '../../src/protocol/persona-item.ts';
import { waitUntil } from '../cluster/wait-until.ts';
import { createRandom } from '../random.ts';
import { startCuttingRelay, type CuttingRelay } from './cutting-relay.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { startPersonaChanges } from './persona-changes.ts';
import { startStreamStage, type StreamReplica, type StreamStage } from './stage.ts';

const cuts = Number(process.env['CUTS'] ?? 60);
const seed = Number(process.env['CUTS_SEED'] ?? 20261123);
const namespace = 'store';
const flags = ['--controllers=cluster', '--websocket-hosts=localhost'];

const lengths = [4000, 20_000, 60_000];

/** Greetings, the state, or what comes after it: each as often. */
function createBudget(random: () => number): () => number {
  return () => 1 + Math.floor(random() * (lengths[Math.floor(random() * lengths.length)] ?? 0));
}

describe(`a feed over a wire that breaks ${cuts} times (F6)`, function () {
  this.timeout(30 * 60 * 1000);
  let stage: StreamStage;
  let operator: StreamReplica;
  let relay: CuttingRelay;
  const random = createRandom(seed);
  before(async function () {
    this.timeout(35 * 60 * 1000);
    const started = await startStreamStage();
    if (started === undefined) this.skip();
    stage = started;
    await stage.kubectl(['create', 'namespace', namespace]);
    operator = await stage.startOperator(flags);
    relay = await startCuttingRelay(operator.streamPort, createBudget(random));
  });
  after(async () => {
    await (relay as CuttingRelay | undefined)?.close();
    await (stage as StreamStage | undefined)?.stop();
  });

  const patience = {
    'while only the stream is listened to': 600_000,
    // A hub lags behind the API server: its state may be older than what was told.
    'while the API server is watched in between': 60,
  };
  for (const [when, graceMs] of Object.entries(patience))
    it(`loses nothing, tells nothing twice, and ends with what the API server has, ${when}`, async () => {
      const ledger = await followThroughCuts(graceMs);
      expect(ledger.wrong, `CUTS_SEED=${seed}`).to.deep.equal([]);
      // It was gone, and there was something to tell.
      expect(ledger.notices).to.include('stream resumed');
      expect(ledger.told).to.be.greaterThan(cuts);
    });

  async function followThroughCuts(graceMs: number): Promise<Ledger> {
    const ledger = createLedger();
    const ending = new AbortController();
    const running = (await createReader(graceMs)).run(ledger.listener, ending.signal);
    const changes = startPersonaChanges(stage.client, { namespace, count: 40, width: 3, random });
    const failed = Promise.race([changes.ended, running]);
    const first = relay.cuts;
    relay.isCutting = true;
    try {
      await Promise.race([untilCut(first + cuts / 2), failed]);
      // The operator goes with all that it knew, and another one comes.
      operator.kill('SIGKILL');
      await operator.ended;
      operator = await stage.startOperator(flags);
      relay.target = operator.streamPort;
      await Promise.race([untilCut(first + cuts), failed]);
      await changes.stop();
      relay.isCutting = false;
      const expected = await listTeams();
      const isSame = () => isDeepStrictEqual(teamsOf(ledger.known.values()), expected) || undefined;
      await waitUntil('the final state', isSame, { timeoutMs: 30_000 }).catch(() => undefined);
      expect(teamsOf(ledger.known.values()), `CUTS_SEED=${seed}`).to.deep.equal(expected);
      return ledger;
    } finally {
      await changes.stop();
      ending.abort();
      await running;
    }
  }

  async function createReader(graceMs: number): Promise<Feed<'personas'>> {
    const { client } = await stage.connectAs(
      await stage.authority.issueClient({ commonName: 'reader', organization: 'system:masters' }),
    );
    const reconnection = { backMs: [1, 30], awayMs: [10, 60], graceMs, steadyMs: 100 } as const;
    return createFeed(
      client,
      { topic: 'personas', namespace },
      {
        operatorUrl: `wss://localhost:${relay.port}/ws`,
        operatorCa: await stage.readStreamAuthority(),
        now: Date.now,
        random,
        tuning: { reconnection },
      },
    );
  }

  async function untilCut(count: number): Promise<void> {
    await waitUntil(`cut ${count}`, () => relay.cuts >= count || undefined, { timeoutMs: 25 * 60 * 1000 });
  }

  /** Name and team of each persona that there is, sorted. */
  async function listTeams(): Promise<string[]> {
    const { body } = await stage.client.request<{ items: unknown[] }>({
      method: 'GET',
      path: pathOf(resources.applicationPersonas, { namespace }),
    });
    return teamsOf(body.items.flatMap((object) => toPersonaItem(object) ?? []));
  }
});

function teamsOf(items: Iterable<{ name: string; team?: string }>): string[] {
  return [...items].map(({ name, team = '' }) => `${name} ${team}`).sort();
}
