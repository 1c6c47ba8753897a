// Answers cut into series while they arrive: the same as reading them whole, in whatever pieces they come, and nothing worse than a refusal otherwise.
import { expect } from 'chai';
import fc from 'fast-check';
import { createSampleCollector } from '../../src/prometheus/collect-samples.ts';
import { AnswerCutter } from '../../src/prometheus/cut-answer.ts';
import { NoAnswerOfPrometheus } from '../../src/prometheus/cut-elements.ts';
import { createOwnerJoin } from '../../src/prometheus/join-owners.ts';
import {
  boundText,
  parseEnvelope,
  parseLabels,
  parseSeries,
  type Series,
} from '../../src/prometheus/parse-answer.ts';

/** Cuts a text that comes in pieces of these sizes, over and over. */
function cut(bytes: Buffer, sizes: readonly number[]) {
  const elements: unknown[] = [];
  const cutter = new AnswerCutter((some) => elements.push(...some));
  for (let [at, piece] = [0, 0]; at < bytes.length; piece += 1) {
    const size = sizes[piece % sizes.length] ?? 1;
    // A copy that is spoilt afterwards, as a buffer that is used again.
    const chunk = Buffer.from(bytes.subarray(at, at + size));
    cutter.push(chunk);
    chunk.fill('"');
    at += size;
  }
  return { elements, envelope: cutter.end() };
}

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
const labels = fc.dictionary(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
);
const element = fc.record({
  metric: labels,
  values: fc.array(fc.tuple(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string())),
});
const spaces = fc.constantFrom(undefined, 1, '\t');

describe('an answer of Prometheus in pieces', () => {
  it('is what JSON.parse makes of it', () => {
    const answer = fc.record({
      before: fc.jsonValue({ maxDepth: 3 }),
      result: fc.array(element),
      isFirst: fc.boolean(),
      space: spaces,
      sizes,
    });
    fc.assert(
      fc.property(answer, ({ before, result, isFirst, space, sizes: pieces }) => {
        const data = isFirst
          ? { result, stats: before }
          : { resultType: 'vector', stats: '"result":[', result };
        const text = JSON.stringify(
          { status: 'success', infos: [before], data, warnings: ['"result":['] },
          null,
          space,
        );
        const { elements, envelope } = cut(Buffer.from(text), pieces);
        expect(elements).to.deep.equal((JSON.parse(text) as { data: { result: unknown } }).data.result);
        expect(envelope).to.deep.equal({
          ...(JSON.parse(text) as object),
          data: { ...(JSON.parse(JSON.stringify(data)) as object), result: [] },
        });
      }),
    );
  });

  it('may be a list of series itself', () => {
    fc.assert(
      fc.property(fc.array(labels), sizes, spaces, (data, pieces, space) => {
        const text = JSON.stringify({ status: 'success', data }, null, space);
        const { elements, envelope } = cut(Buffer.from(text), pieces);
        expect(elements).to.deep.equal((JSON.parse(text) as { data: unknown }).data);
        expect(envelope).to.deep.equal({ status: 'success', data: [] });
      }),
    );
  });

  it('is refused wherever it breaks off', () => {
    const text = JSON.stringify({
      status: 'success',
      data: { resultType: 'vector', result: [{ metric: { pod: 'a' }, value: [1, '1'] }] },
    });
    for (let length = 0; length < text.length; length += 1)
      expect(() => cut(Buffer.from(text.slice(0, length)), [3]), text.slice(0, length)).to.throw(
        NoAnswerOfPrometheus,
      );
  });

  it('is refused or read, whatever the bytes', () => {
    const pieces = fc.constantFrom(
      '{"data":',
      '{"result":',
      '[',
      ']',
      '{',
      '}',
      '"',
      '\\',
      ',',
      ':',
      ' ',
      '1',
      'null',
      'a',
      '\0',
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array)),
      fc.array(pieces, { maxLength: 60 }).map((parts) => Buffer.from(parts.join(''))),
      fc
        .array(pieces, { maxLength: 60 })
        .map((parts) => Buffer.from(`{"status":"success","data":{"result":[${parts.join('')}`)),
    );
    fc.assert(
      fc.property(bytes, sizes, (some, chosen) => {
        try {
          const { envelope } = cut(some, chosen);
          parseEnvelope(envelope);
        } catch (error) {
          expect(error).to.be.instanceOf(NoAnswerOfPrometheus);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('what an answer says', () => {
  const foreign = fc.oneof(
    fc.anything(),
    fc.record(
      {
        status: fc.constantFrom('success', 'error', 1),
        data: fc.anything(),
        error: fc.anything(),
        warnings: fc.anything(),
        metric: fc.anything(),
        value: fc.anything(),
        values: fc.anything(),
      },
      { requiredKeys: [] },
    ),
  );

  it('is read without a throw, whatever it is', () => {
    fc.assert(
      fc.property(foreign, (value) => {
        parseEnvelope(value);
        for (const series of [parseSeries(value), parseLabels(value)]) {
          if (series === undefined) continue;
          expect(series.label('pod')).to.be.a('string');
          for (const point of series.points)
            expect(Number.isFinite(point.value) && Number.isSafeInteger(point.atMs)).to.equal(true);
        }
      }),
    );
  });

  it('has bounded warnings and errors, without what a terminal would act on', () => {
    const warnings = Array.from({ length: 50 }, () => `\u001b[2J${'x'.repeat(9000)}`);
    const envelope = parseEnvelope({
      status: 'error',
      error: '\u202eno\u0000',
      errorType: 'x'.repeat(99),
      warnings,
    });
    expect(envelope?.warnings).to.have.length(10);
    expect(envelope?.warnings[0]).to.match(/^\[2Jx{1990,2000}…$/);
    expect(envelope).to.include({ error: 'no', errorType: 'x'.repeat(40) });
    expect(boundText(' a\n\u2028b ')).to.equal('a b');
  });

  const series = (names: Record<string, string>, ...values: [number, number][]): Series => ({
    label: (name) => (Object.hasOwn(names, name) ? (names[name] ?? '') : ''),
    points: values.map(([atMs, value]) => ({ atMs, value })),
  });
  const container = { namespace: 'shop', pod: 'shop-0', container: 'app' };

  it('gives one sample per container and window, its measures together', () => {
    const collector = createSampleCollector();
    collector.add(series({ ...container, dorgu_measure: 'memory_peak' }, [600_000, 7], [300_000, 5]));
    collector.add(series({ ...container, dorgu_measure: 'cpu' }, [300_000, 0.25]));
    collector.add(series({ ...container, dorgu_measure: 'memory_average' }, [300_000, 4]));
    const empty = { cpuMillicores: undefined, memoryPeakBytes: undefined, memoryAverageBytes: undefined };
    expect(collector.samples()).to.deep.equal([
      { ...container, atMs: 300_000, cpuMillicores: 250, memoryPeakBytes: 5, memoryAverageBytes: 4 },
      { ...container, ...empty, atMs: 600_000, memoryPeakBytes: 7 },
    ]);
  });

  const noContainers: Record<string, Series> = {
    'is negative': series({ ...container, dorgu_measure: 'cpu' }, [300_000, -1]),
    'is more than any node has': series({ ...container, dorgu_measure: 'cpu' }, [300_000, 1e9]),
    'is more memory than there is': series({ ...container, dorgu_measure: 'memory_peak' }, [300_000, 1e30]),
    'is no measure of ours': series({ ...container, dorgu_measure: '__proto__' }, [300_000, 1]),
    'has no pod': series({ ...container, pod: '', dorgu_measure: 'cpu' }, [300_000, 1]),
    'has a name that no object has': series(
      { ...container, pod: '__proto__', dorgu_measure: 'cpu' },
      [300_000, 1],
    ),
    'has a name with a slash': series({ ...container, pod: 'a/b', dorgu_measure: 'cpu' }, [300_000, 1]),
    'has a name that a terminal acts on': series(
      { ...container, pod: '\u001b[31m', dorgu_measure: 'cpu' },
      [300_000, 1],
    ),
    'has a name without end': series(
      { ...container, pod: 'x'.repeat(254), dorgu_measure: 'cpu' },
      [300_000, 1],
    ),
  };
  for (const [what, each] of Object.entries(noContainers)) {
    it(`gives no sample where it ${what}`, () => {
      const collector = createSampleCollector();
      collector.add(each);
      expect(collector.samples()).to.deep.equal([]);
    });
  }

  it('follows owners up to what made the ReplicaSet, in any order', () => {
    const owner = { namespace: 'shop', owner_is_controller: 'true' };
    const said = [
      series({ ...owner, pod: 'shop-1-a', owner_kind: 'ReplicaSet', owner_name: 'shop-1' }),
      series({ ...owner, pod: 'lone-1-a', owner_kind: 'ReplicaSet', owner_name: 'lone-1' }),
      series({ ...owner, pod: 'db-0', owner_kind: 'StatefulSet', owner_name: 'db' }),
      series({
        ...owner,
        pod: 'kube-state-metrics-0',
        replicaset: 'shop-1',
        owner_kind: 'Deployment',
        owner_name: 'shop',
      }),
      series({
        ...owner,
        namespace: 'other',
        replicaset: 'lone-1',
        owner_kind: 'Deployment',
        owner_name: 'lone',
      }),
      series({ ...owner, pod: 'bad', owner_kind: '<none>', owner_name: '<none>' }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(said, { minLength: said.length }), (order) => {
        const join = createOwnerJoin();
        for (const each of order) join.add(each);
        expect(join.owners()).to.have.deep.members([
          { namespace: 'shop', pod: 'shop-1-a', kind: 'Deployment', name: 'shop' },
          { namespace: 'shop', pod: 'lone-1-a', kind: 'ReplicaSet', name: 'lone-1' },
          { namespace: 'shop', pod: 'db-0', kind: 'StatefulSet', name: 'db' },
        ]);
      }),
    );
  });
});
