// Checkpoints: they hold everything, fit into ConfigMaps, and nothing that is read back does harm.
import { expect } from 'chai';
import fc from 'fast-check';
import { checksumOf, maxChunkBytes } from '../../../src/sizing/history/checkpoint.ts';
import { createUsageHistory } from '../../../src/sizing/usage-history.ts';
import type { UsageHistory } from '../../../src/sizing/usage-history.ts';
import { loads, mondayMs, propertyRuns, shopKey, toSamples } from '../measured.ts';

const nowMs = mondayMs + 7 * 86_400_000;

function shopHistory(): UsageHistory {
  const history = createUsageHistory();
  history.record(shopKey, toSamples(loads(5).diurnal), 'prometheus');
  history.record(shopKey, toSamples(loads(5).batch, { container: 'proxy' }), 'prometheus');
  history.record({ ...shopKey, name: 'other' }, toSamples(loads(6).leaking, { pods: 5 }), 'metrics-api');
  return history;
}

/** Everything that can be asked, as text. */
function told(history: UsageHistory): string {
  return JSON.stringify(
    [...history.keys()]
      .sort((left, right) => (left.name < right.name ? -1 : 1))
      .map((key) => [
        key,
        history.baselineOf(key, nowMs),
        history
          .usageOf(key, nowMs)
          .map((usage) => [
            usage,
            [0.5, 0.9, 0.95, 0.99].map((share) => [
              usage.cpuPercentile(share),
              usage.memoryPercentile(share),
            ]),
          ]),
      ]),
  );
}

/** With a checksum that fits, so that what is behind it is reached. */
function sealed(chunk: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(chunk);
  if (copy.length >= 4)
    new DataView(copy.buffer).setUint32(copy.length - 4, checksumOf(copy.subarray(0, -4)), true);
  return copy;
}

describe('a checkpoint', () => {
  const history = shopHistory();
  const chunk = history.encode()[0]!;

  it('gives back everything, and the same bytes again', () => {
    const other = createUsageHistory();
    expect(other.decode(history.encode())).to.deep.equal({ workloads: 2, problems: [] });
    expect(told(other)).to.equal(told(history));
    expect(other.encode()).to.deep.equal(history.encode());
  });

  it('adds to what is known, and takes nothing from it', () => {
    const live = shopHistory();
    const before = told(live);
    expect(live.decode(history.encode()).problems).to.deep.equal([]);
    expect(told(live)).to.equal(before);
  });

  const ignored: Record<string, [Uint8Array, RegExp]> = {
    'no bytes': [new Uint8Array(0), /does not start as a checkpoint/],
    'something else': [Buffer.from('H4sIAAAAA'), /does not start as a checkpoint/],
    'the mark alone': [Buffer.from('dorgu'), /version none, expected version 2/],
    'a later version': [
      Buffer.from([...chunk.subarray(0, 5), 3, ...chunk.subarray(6)]),
      /version 3, expected version 2/,
    ],
    'half of it': [chunk.subarray(0, chunk.length / 2), /checksum is wrong/],
    'one bit flipped': [chunk.map((byte, at) => (at === 300 ? byte ^ 1 : byte)), /checksum is wrong/],
    'a header and nothing': [chunk.subarray(0, 7), /cut off/],
    'far too many bytes': [new Uint8Array(maxChunkBytes * 2 + 1), /expected at most 655360/],
    'a number that never ends': [
      sealed(Buffer.from([...chunk.subarray(0, 6), ...new Array<number>(20).fill(255)])),
      /longer than eight bytes/,
    ],
  };
  for (const [title, [bytes, reason]] of Object.entries(ignored))
    it(`that is ${title} is ignored with a reason, and the others count`, () => {
      const other = createUsageHistory();
      const { workloads, problems } = other.decode([bytes, chunk]);
      expect(workloads).to.equal(2);
      expect(problems).to.have.length(1);
      expect(problems[0])
        .to.match(/^chunk 0 is ignored: /)
        .and.match(reason);
      expect(other.encode()).to.deep.equal([chunk]);
    });

  it('does no harm with any bytes changed, even under a checksum that fits', () => {
    const change = fc.record({ at: fc.nat(chunk.length - 1), byte: fc.nat(255) });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), fc.nat(chunk.length), (changes, cut) => {
        const bytes = chunk.slice(0, cut % 3 === 0 ? cut : undefined);
        for (const { at, byte } of changes) if (at < bytes.length) bytes[at] = byte;
        const other = shopHistory();
        const before = told(other);
        const { problems } = other.decode([sealed(bytes)]);
        if (problems.length > 0) expect(told(other)).to.equal(before);
        for (const key of other.keys()) {
          other.usageOf(key, nowMs);
          other.baselineOf(key, nowMs);
        }
        other.record(
          shopKey,
          toSamples(loads(1).bursty, { windows: 3, fromMs: nowMs - 900_000 }),
          'prometheus',
        );
        expect(createUsageHistory().decode(other.encode()).problems).to.deep.equal([]);
      }),
      { ...propertyRuns, numRuns: Math.ceil(propertyRuns.numRuns / 2) },
    );
  }).timeout(60_000);

  it('cuts a large cluster into chunks under 900 KiB of base64', () => {
    const large = createUsageHistory();
    const samples = toSamples(loads(2).diurnal, { windows: 288 });
    for (let index = 0; index < 1200; index++)
      large.record({ ...shopKey, name: `app-${index}` }, samples, 'prometheus');
    const chunks = large.encode();
    expect(chunks.length).to.be.greaterThan(0);
    for (const one of chunks) expect(Math.ceil(one.length / 3) * 4).to.be.below(900 * 1024);
    const other = createUsageHistory();
    expect(other.decode(chunks)).to.deep.equal({ workloads: 1200, problems: [] });
    expect(other.encode()).to.deep.equal(chunks);
  }).timeout(30_000);

  it('lets the oldest days of a workload go that fills a chunk alone', () => {
    const huge = createUsageHistory();
    for (const container of ['a', 'b', 'c', 'd'])
      huge.record(
        shopKey,
        toSamples((at, pod) => ({ cpu: at, memory: 2 ** 40 + pod * 7919 + at }), {
          container,
          pods: 2000,
          windows: 1,
          fromMs: mondayMs,
        }),
        'prometheus',
      );
    for (let day = 1; day < 8; day++)
      huge.record(
        shopKey,
        toSamples((at, pod) => ({ cpu: at, memory: 2 ** 40 + pod * 7919 }), {
          container: 'a',
          pods: 2000,
          windows: 1,
          fromMs: mondayMs + day * 86_400_000,
        }),
        'prometheus',
      );
    const chunks = huge.encode();
    expect(chunks).to.have.length(1);
    expect(chunks[0]!.length).to.be.at.most(maxChunkBytes);
    expect(createUsageHistory().decode(chunks)).to.deep.equal({ workloads: 1, problems: [] });
  }).timeout(30_000);
});
