// The queries as text: what others write stands in them quoted, and the pods fall into parts.
import { expect } from 'chai';
import fc from 'fast-check';
import {
  halveSlice,
  maxPodSlices,
  ownerSelectors,
  ownersQuery,
  probeQuery,
  quote,
  slicePods,
  usageMetrics,
  usageQuery,
} from '../../src/prometheus/queries.ts';
import { createSlicing, maxSamplesTouched } from '../../src/prometheus/slicing.ts';

const { cpu, memory, cpuRule, olderCpuRule, memoryRule } = usageMetrics;
const everywhere = { namespace: undefined };
const known = (...names: string[]) => new Map(names.map((name) => [name, 1]));

describe('the queries', () => {
  it('D4: hold foreign text as one quoted string', () => {
    // Nothing ends the string before its end, and no line does.
    const shape = /^"(?:[^"\\\n]|\\["\\n])*"$/u;
    for (let unit = 0; unit <= 0xffff; unit += 1) {
      const quoted = quote(`a${String.fromCharCode(unit)}"`);
      if (!shape.test(quoted) || !quoted.isWellFormed()) expect.fail(`${unit}: ${quoted}`);
    }
  });

  it('name the namespace in each selector, and never as a pattern', () => {
    const scope = { namespace: '.*"' };
    const all = [
      usageQuery(known(cpu, memory), scope, undefined),
      probeQuery(scope),
      ownersQuery(1, scope),
      ...ownerSelectors(scope),
    ];
    for (const query of all) {
      const selectors = query.match(/\{[^}]*\}/g) ?? [];
      expect(selectors).not.to.be.empty;
      for (const selector of selectors) expect(selector).to.include('namespace=".*\\""');
    }
  });

  it('hold no subquery, and one window of five minutes', () => {
    const query = usageQuery(known(cpu, memory), everywhere, 'abc');
    expect(query.match(/\[[^\]]*\](?=\))/g)).to.deep.equal([
      '[300s]',
      '[300s]',
      '[300s]',
      '[300s]',
      '[300s]',
    ]);
    expect(query).not.to.match(/\[\w+:\w*\]/);
    expect(query.match(/pod=~"\.\*\[abc\]"/g)).to.have.length(5);
  });

  const rules: Record<string, { there: string[]; read: string[] }> = {
    'raw metrics where they are there': { there: [cpu, memory, cpuRule, memoryRule], read: [cpu, memory] },
    'raw metrics where nothing is known': { there: [], read: [cpu, memory] },
    'rules where only these are there': {
      there: [cpuRule, olderCpuRule, memoryRule],
      read: [cpuRule, memoryRule],
    },
    'the older rule where there is no newer one': {
      there: [olderCpuRule, memoryRule],
      read: [olderCpuRule, memoryRule],
    },
    'one of each kind where it is so': { there: [cpu, memoryRule], read: [cpu, memoryRule] },
  };
  for (const [what, { there, read }] of Object.entries(rules)) {
    it(`read ${what}, under the same outer max`, () => {
      const query = usageQuery(known(...there), everywhere, undefined);
      const metrics = [...query.matchAll(/([a-z_:\d]+)\{/g)].map(([, name]) => name);
      expect([...new Set(metrics)]).to.deep.equal(read);
      expect(query.match(/max by \(namespace,pod,container\) /g)).to.have.length(3);
    });
  }
});

describe('parts of the pods', () => {
  it('hold each last character that a name can have, once', () => {
    for (let count = 2; count <= 60; count += 1) {
      const slices = slicePods(count);
      expect(slices).to.have.length(Math.min(count, maxPodSlices));
      expect(slices.join('').split('').sort().join('')).to.equal('0123456789abcdefghijklmnopqrstuvwxyz');
    }
    expect(slicePods(1)).to.deep.equal([undefined]);
  });

  it('can be halved down to one character, and nothing is lost', () => {
    const leaves = (slice: string | undefined): string[] => {
      const halves = halveSlice(slice);
      return halves === undefined ? [slice ?? ''] : halves.flatMap(leaves);
    };
    expect(leaves(undefined).sort().join('')).to.equal('0123456789abcdefghijklmnopqrstuvwxyz');
  });

  it('become more before a query would touch too much', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5_000_000 }),
        fc.integer({ min: 1, max: 21 }),
        (series, scrapes) => {
          const slicing = createSlicing();
          slicing.expectSeries(series);
          for (let round = 0; round < 3; round += 1) {
            const slices = slicing.podSlices();
            const { windows, podSlices } = slicing.history();
            if (slices < maxPodSlices) expect((series * scrapes) / slices).to.be.at.most(maxSamplesTouched);
            if (podSlices < maxPodSlices)
              expect((series * scrapes * windows) / podSlices).to.be.at.most(maxSamplesTouched);
            slicing.learn(series * scrapes, 1);
          }
        },
      ),
    );
  });

  it('become fewer where scrapes are rarer than was guessed', () => {
    const slicing = createSlicing();
    slicing.expectSeries(300_000);
    expect(slicing.podSlices()).to.equal(2);
    slicing.learn(300_000 * 5, 1);
    expect(slicing.podSlices()).to.equal(1);
  });

  it('do not become fewer for an answer that is empty, or without statistics', () => {
    const slicing = createSlicing();
    slicing.expectSeries(300_000);
    slicing.learn(0, 1);
    slicing.learn(undefined, 1);
    expect(slicing.podSlices()).to.equal(2);
  });
});
