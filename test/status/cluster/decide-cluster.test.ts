// Which discoveries are worth a write.
import { expect } from 'chai';
import { decideCluster, decideSuperseded } from '../../../src/status/cluster/decide-cluster.ts';
import type { ClusterFacts } from '../../../src/status/cluster/cluster-facts.ts';
import { addUsage } from '../../../src/status/cluster/resource-summary.ts';
import { now } from '../objects.ts';
import { createFacts, createNode, factsOf } from './cluster-objects.ts';

/** Two nodes of 3920m and 15Gi each, so that 3% of what is allocatable are 235m and 921Mi. */
const nodes = { value: factsOf([createNode('a'), createNode('b')]) };
const use = (cpu: string, memory = '8Gi'): Partial<ClusterFacts> => ({
  nodes,
  usage: { value: addUsage(undefined, { usage: { cpu, memory } }) },
});
const later = new Date(now.getTime() + 300_000);

function decideAfter(before: Partial<ClusterFacts>, after: Partial<ClusterFacts>) {
  const previous = decideCluster({ generation: 1, facts: createFacts(before), now });
  return decideCluster({ generation: 1, facts: createFacts(after), now: later, previous });
}

describe('a discovery is written', () => {
  const cases: Record<string, { before: Partial<ClusterFacts>; after: Partial<ClusterFacts>; is: boolean }> =
    {
      'not where only time has passed': { before: use('2'), after: use('2'), is: false },
      'not where CPU has moved by less than 3% of what is allocatable': {
        before: use('2'),
        after: use('2200m'),
        is: false,
      },
      'not where memory has moved by less than that': {
        before: use('2'),
        after: use('2', '7500Mi'),
        is: false,
      },
      'where CPU has moved by more': { before: use('2'), after: use('2300m'), is: true },
      'where memory has moved by more': { before: use('2'), after: use('2', '7Gi'), is: true },
      'where use is measured for the first time': { before: { nodes }, after: use('2'), is: true },
      'where use is measured no longer': {
        before: use('2'),
        after: { nodes, usage: { value: undefined } },
        is: true,
      },
      'where a list fails': { before: use('2'), after: { nodes: { failure: 'no' } }, is: true },
      'where a node is down': {
        before: { nodes },
        after: { nodes: { value: factsOf([createNode('a'), createNode('b', { isReady: false })]) } },
        is: true,
      },
    };
  for (const [name, { before, after, is }] of Object.entries(cases)) {
    it(name, () => expect(decideAfter(before, after) !== undefined).to.equal(is));
  }

  it('with the use of now where anything else is written', () => {
    const status = decideAfter(use('2'), { ...use('2100m'), runningPods: { value: 99 } });
    expect(status).to.have.nested.property('resourceSummary.usedCPU', '2100m');
  });

  it('with the last known use where that could not be read', () => {
    const status = decideAfter(use('2'), { nodes, usage: { failure: 'metrics is forbidden' } });
    expect(status).to.have.nested.property('resourceSummary.usedCPU', '2');
    expect(status?.conditions?.[0]).to.include({ status: 'False', message: 'could not read use of nodes' });
  });

  it('again when use creeps: small steps add up against what stands there', () => {
    let previous = decideCluster({ generation: 1, facts: createFacts(use('2')), now });
    let writes = 0;
    for (let milli = 2000; milli <= 3000; milli += 50) {
      const status = decideCluster({ generation: 1, facts: createFacts(use(`${milli}m`)), now, previous });
      if (status !== undefined) writes += 1;
      previous = status ?? previous;
    }
    expect(writes).to.equal(4);
  });
});

describe('a ClusterPersona that an older one takes the place of', () => {
  it('says so once, and describes nothing', () => {
    const status = decideSuperseded({ generation: 2, by: 'first', previous: undefined, now });
    expect(status).to.include({ phase: 'Unknown', observedGeneration: 2 });
    expect(
      status?.conditions?.map(({ type, status: is, reason }) => `${type}=${is} ${reason}`),
    ).to.deep.equal(['Ready=False Superseded']);
    expect(status).to.not.have.any.keys('nodes', 'lastDiscovery');
    expect(decideSuperseded({ generation: 2, by: 'first', previous: status, now: later })).to.equal(
      undefined,
    );
    expect(decideSuperseded({ generation: 2, by: 'other', previous: status, now: later })).to.not.equal(
      undefined,
    );
  });
});
