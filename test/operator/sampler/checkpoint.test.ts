// What was learnt in ConfigMaps: all of it comes back, as little as can be is written, and one set is whole at any time.
import { expect } from 'chai';
import { Checkpoint, mapsOfSet } from '../../../operator/sampler/checkpoint.ts';
import { Knowledge } from '../../../operator/sampler/knowledge.ts';
import { decodeChunk, encodeSteps } from '../../../src/sizing/history/checkpoint.ts';
import type { WorkloadHistory } from '../../../src/sizing/history/workload-history.ts';
import { createUsageHistory } from '../../../src/sizing/usage-history.ts';
import { sampleWindowMs, type UsageSample } from '../../../src/sizing/usage.ts';
import { createRandom } from '../../random.ts';
import { PlayedMaps } from './played-maps.ts';

const dayMs = 86_400_000;
const nowMs = Date.UTC(2026, 10, 23, 12, 1);
const firstDayMs = Date.UTC(2026, 10, 16);
const idle = new AbortController().signal;

/** Two pods of two containers, every five minutes. */
function* sampleWorkload(name: string, fromMs: number, random: () => number): Generator<UsageSample> {
  const [cpu, memory] = [10 + 500 * random(), 100 + 900 * random()];
  for (let atMs = fromMs + sampleWindowMs; atMs <= nowMs; atMs += sampleWindowMs)
    for (const container of ['app', 'proxy'])
      for (const pod of ['x1', 'x2']) {
        const wave = 1 + 0.5 * Math.sin(atMs / 5e6) + 0.3 * random();
        yield {
          ...{ namespace: 'store', pod: `${name}-${pod}`, container, atMs },
          cpuMillicores: cpu * wave,
          memoryPeakBytes: Math.round(memory * 256 * wave) * 4096,
          memoryAverageBytes: memory * 1_048_576,
        };
      }
}

const keyOf = (name: string) => ({ namespace: 'store', kind: 'Deployment', name });

async function learn(knowledge: Knowledge, names: readonly string[], fromMs: number, atMs = nowMs) {
  const random = createRandom(7);
  for (const name of names) {
    knowledge.owners.remember(
      ['x1', 'x2'].map((pod) => ({ ...keyOf(name), pod: `${name}-${pod}` })),
      atMs,
    );
    const samples = [...sampleWorkload(name, fromMs, random)];
    await knowledge.record(samples, { source: 'prometheus' }, { isNewest: true, nowMs: atMs, signal: idle });
  }
  knowledge.settle({ fromMs, toMs: Math.floor(nowMs / sampleWindowMs) * sampleWindowMs }, atMs);
}

async function readBack(maps: PlayedMaps) {
  const found = await new Checkpoint({ client: maps.client, namespace: 'x' }).read(idle);
  const knowledge = new Knowledge();
  const problems = await knowledge.restore(found.remembered);
  return { knowledge, problems: [...found.problems, ...problems] };
}

const encoded = ({ history }: Knowledge) =>
  history.encode().map((chunk) => Buffer.from(chunk).toString('hex'));

describe('a checkpoint of what was learnt', () => {
  let maps: PlayedMaps;
  let knowledge: Knowledge;
  let checkpoint: Checkpoint;
  const write = (atMs = nowMs) => {
    maps.written.length = 0;
    return checkpoint.write(knowledge.remember(atMs), atMs, idle);
  };
  beforeEach(() => {
    maps = new PlayedMaps();
    knowledge = new Knowledge();
    checkpoint = new Checkpoint({ client: maps.client, namespace: 'x' });
  });

  it('comes back whole: days, trend, last hour, windows that were asked for, kills', async () => {
    await learn(knowledge, ['shop', 'web'], firstDayMs);
    knowledge.kills.add(keyOf('shop'), [{ container: 'app', atMs: nowMs - 1000, limitBytes: 1e8 }]);
    expect(await write()).to.have.property('isWhole', true);
    const back = await readBack(maps);
    expect(back.problems).to.deep.equal([]);
    expect(encoded(back.knowledge)).to.deep.equal(encoded(knowledge));
    expect(back.knowledge.coverage.toText()).to.equal(knowledge.coverage.toText());
    expect(back.knowledge.kills.of(keyOf('shop'), nowMs)).to.have.length(1);
    expect(back.knowledge.history.baselineOf(keyOf('web'), nowMs)).to.deep.equal(
      knowledge.history.baselineOf(keyOf('web'), nowMs),
    );
  });

  it('keeps the trend of a container that was not measured today', async () => {
    await learn(knowledge, ['shop'], nowMs - 6 * 3_600_000);
    const tomorrowMs = nowMs + 13 * 3_600_000;
    await write(tomorrowMs);
    const back = await readBack(maps);
    const trend = ({ history }: Knowledge) =>
      history.usageOf(keyOf('shop'), tomorrowMs).map(({ cpuTrend }) => cpuTrend);
    expect(
      trend(knowledge)
        .flat()
        .some((peak) => peak !== undefined),
    ).to.equal(true);
    expect(trend(back.knowledge)).to.deep.equal(trend(knowledge));
  });

  it('writes the days before today once into each set, and after that today alone', async () => {
    await learn(knowledge, ['shop'], firstDayMs);
    await write();
    expect(maps.written).to.deep.equal([`dorgu-learned-${mapsOfSet - 1}`, 'dorgu-learned-0']);
    expect(await write(), 'nothing is new').to.deep.equal({ bytes: 0, isWhole: true });
    for (const expected of [
      [`dorgu-learned-${2 * mapsOfSet - 1}`, `dorgu-learned-${mapsOfSet}`],
      ['dorgu-learned-0'],
      [`dorgu-learned-${mapsOfSet}`],
    ]) {
      knowledge.kills.add(keyOf('shop'), [{ container: expected.join(), atMs: nowMs, limitBytes: 1 }]);
      await write();
      expect(maps.written).to.deep.equal(expected);
    }
    await learn(knowledge, ['late'], nowMs - 2 * dayMs);
    await write();
    expect(maps.written, 'a day that is over has changed').to.deep.equal([
      ...[`dorgu-learned-${mapsOfSet - 1}`, 'dorgu-learned-0'],
    ]);
  });

  it('is whole in one set wherever writing breaks off', async () => {
    await learn(knowledge, ['shop'], firstDayMs);
    await write();
    const before = encoded(knowledge);
    for (const writes of [0, 1]) {
      await learn(knowledge, [`new-${writes}`], firstDayMs);
      maps.writesLeft = writes;
      const failure: unknown = await write().catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(Error);
      expect(encoded((await readBack(maps)).knowledge)).to.deep.equal(before);
    }
    maps.writesLeft = Infinity;
    await write(nowMs + 1000);
    expect(encoded((await readBack(maps)).knowledge)).to.deep.equal(encoded(knowledge));
  });

  it('is left alone where its parts do not belong together, with a reason', async () => {
    await learn(knowledge, ['shop'], firstDayMs);
    await write();
    maps.maps.delete(`dorgu-learned-${mapsOfSet - 1}`);
    const { problems, knowledge: back } = await readBack(maps);
    expect(problems).to.deep.equal(['dorgu-learned-0: its parts do not belong together']);
    expect([...back.history.keys()]).to.deep.equal([]);
  });

  it('keeps today, and asks for the rest again, where eight days are more than a set holds', async () => {
    await learn(knowledge, ['shop'], nowMs - 3_600_000);
    const random = createRandom(3);
    const noise = Buffer.from(Array.from({ length: mapsOfSet * 950_000 }, () => Math.floor(random() * 256)));
    const remembering = { ...knowledge.remember(nowMs), past: () => Promise.resolve([noise]) };
    const { isWhole } = await checkpoint.write(remembering, nowMs, idle);
    expect(isWhole).to.equal(false);
    const back = await readBack(maps);
    expect(back.problems).to.deep.equal([]);
    expect([...back.knowledge.history.keys()]).to.deep.equal([keyOf('shop')]);
    expect(back.knowledge.coverage.size).to.equal(0);
  });

  it('holds eight days of 10,000 workloads of two containers and two pods, and writes a few parts of them at a time', async function () {
    this.timeout(120_000);
    // Recording them all would take minutes: sixty are, further apart than what zipping remembers.
    const history = createUsageHistory();
    const random = createRandom(11);
    for (let index = 0; index < 60; index += 1)
      history.record(
        keyOf(`kind-${index}`),
        sampleWorkload(`kind-${index}`, firstDayMs, random),
        'prometheus',
      );
    const kinds = history.encode().flatMap((chunk) => {
      const decoded = decodeChunk(chunk);
      return decoded.ok ? decoded.workloads : [];
    });
    const workloads = Array.from({ length: 10_000 }, (_, index) => ({
      ...(kinds[index % kinds.length] as WorkloadHistory),
      key: keyOf(`application-${String(index).padStart(5, '0')}`),
    }));
    const all = [...encodeSteps(workloads)].filter((chunk) => chunk !== undefined);
    expect(await knowledge.restore({ chunks: all, coverage: '', kills: '[]' })).to.deep.equal([]);

    const first = await write();
    expect(first.isWhole).to.equal(true);
    const [count, bytes] = [maps.written.length, maps.countBytes(maps.written)];
    expect(count).to.be.at.most(mapsOfSet);
    for (const name of maps.written) expect(maps.countBytes([name]), name).to.be.at.most(900 * 1024);
    knowledge.kills.add(keyOf('application-00000'), [{ container: 'app', atMs: nowMs, limitBytes: 1 }]);
    await write();
    knowledge.kills.add(keyOf('application-00001'), [{ container: 'app', atMs: nowMs, limitBytes: 1 }]);
    const later = await write();
    expect(later.bytes).to.be.below(bytes / 2);
    expect(maps.written.length).to.be.at.most(count / 2);

    const back = await readBack(maps);
    expect(back.problems).to.deep.equal([]);
    expect([...back.knowledge.history.keys()]).to.have.length(10_000);
    for (const name of ['application-00000', 'application-05000', 'application-09999']) {
      const usage = ({ history: one }: Knowledge) =>
        one.usageOf(keyOf(name), nowMs).map(({ samples }) => samples);
      expect(usage(back.knowledge), name).to.deep.equal(usage(knowledge));
    }
  });
});
