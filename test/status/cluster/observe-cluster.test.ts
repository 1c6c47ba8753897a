// The status of a ClusterPersona for readings of a cluster, whole and in parts.
import { expect } from 'chai';
import fc from 'fast-check';
import type { ClusterPersonaStatus } from '../../../src/api/personas.ts';
import { validateClusterPersona } from '../../../src/api/validate.ts';
import type { ClusterFacts } from '../../../src/status/cluster/cluster-facts.ts';
import { observeCluster, type ClusterObservation } from '../../../src/status/cluster/observe-cluster.ts';
import { addUsage, summariseResources } from '../../../src/status/cluster/resource-summary.ts';
import { now } from '../objects.ts';
import { addonsOf, createDeployment, createFacts, createNode, factsOf } from './cluster-objects.ts';

function observe(
  parts: Partial<ClusterFacts> = {},
  more: Partial<ClusterObservation> = {},
): ClusterPersonaStatus {
  return observeCluster({ generation: 1, facts: createFacts(parts), now, ...more });
}

const forbidden = { failure: 'nodes is forbidden: User "dev" cannot list resource "nodes"' };
const sick = addonsOf([createDeployment('grafana', 'grafana/grafana:12.1.0', { desired: 2 })]);
const cases: Record<string, { status: ClusterPersonaStatus; expected: string }> = {
  'everything read and well': {
    status: observe(),
    expected: 'Ready: Ready=True Discovered, Discovered=True Discovered, Healthy=True Healthy',
  },
  'a node that is not ready': {
    status: observe({ nodes: { value: factsOf([createNode('a'), createNode('b', { isReady: false })]) } }),
    expected: 'Degraded: Ready=True Discovered, Discovered=True Discovered, Healthy=False NodesNotReady',
  },
  'an add-on whose pods are not ready': {
    status: observe({ addons: { value: sick } }),
    expected: 'Degraded: Ready=True Discovered, Discovered=True Discovered, Healthy=False AddonsNotReady',
  },
  'no node': {
    status: observe({ nodes: { value: [] } }),
    expected: 'Ready: Ready=True Discovered, Discovered=True Discovered, Healthy=Unknown NoNodes',
  },
  'nodes that may not be listed': {
    status: observe({ nodes: forbidden }),
    expected:
      'Degraded: Ready=False DiscoveryFailed, Discovered=False DiscoveryFailed, Healthy=Unknown NodesUnknown',
  },
  'an older ClusterPersona': {
    status: observe({}, { supersededBy: 'first' }),
    expected: 'Unknown: Ready=False Superseded, Discovered=True Discovered, Healthy=True Healthy',
  },
};

describe('the status of a cluster with', () => {
  for (const [name, { status, expected }] of Object.entries(cases)) {
    it(name, () => {
      const said = (status.conditions ?? []).map((one) => `${one.type}=${one.status} ${one.reason}`);
      expect(`${status.phase ?? ''}: ${said.join(', ')}`).to.equal(expected);
    });
  }

  it('a list that fails keeps what was known, and says so', () => {
    const before = observe();
    const after = observe({ nodes: forbidden, namespaces: { failure: 'gone' } }, { previous: before });
    expect(after).to.include({ nodeCount: 2, readyNodes: 2 });
    expect(after.nodes).to.deep.equal(before.nodes);
    expect(after.resourceSummary).to.deep.equal(before.resourceSummary);
    expect(after.namespaces).to.deep.equal(before.namespaces);
    expect(after.conditions?.[1]?.message).to.equal(
      'nodes: nodes is forbidden: User "dev" cannot list resource "nodes"; namespaces: gone',
    );
  });

  it('nothing new keeps its times', () => {
    const before = observe();
    expect(observe({}, { previous: before, now: new Date(now.getTime() + 300_000) })).to.deep.equal(before);
  });

  it('5,000 nodes, each as wordy as can be, lists some and stays far under 1.5 MB', () => {
    const labels = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [
        `node.kubernetes.io/${'l'.repeat(60)}${index}`,
        'v'.repeat(63),
      ]),
    );
    const taints = Array.from({ length: 30 }, (_, index) => ({
      key: 'k'.repeat(250),
      value: `${index}`,
      effect: 'NoSchedule',
    }));
    const nodes = Array.from({ length: 5000 }, (_, index) =>
      createNode(`node-${`${index}`.padStart(4, '0')}`, {
        labels,
        spec: { taints },
        isReady: index % 1000 !== 0,
      }),
    );
    const status = observe({ nodes: { value: factsOf(nodes) } });
    expect(status).to.include({ nodeCount: 5000, readyNodes: 4995 });
    expect(status.nodes?.slice(0, 6).map(({ ready }) => ready)).to.deep.equal([
      false,
      false,
      false,
      false,
      false,
      true,
    ]);
    expect(status.resourceSummary).to.include({
      totalCPU: '20k',
      allocatableCPU: '19600',
      totalPods: 550_000,
    });
    expect(Buffer.byteLength(JSON.stringify(status))).to.be.below(700_000);
  });

  it('5,000 usual nodes lists the 500 that its schema takes', () => {
    const nodes = Array.from({ length: 5000 }, (_, index) => createNode(`node-${index}`));
    expect(observe({ nodes: { value: factsOf(nodes) } }).nodes).to.have.length(500);
  });
});

describe('use', () => {
  it('is added up exactly and given in percent of what pods may have', () => {
    const metrics = [
      { usage: { cpu: '1960m', memory: '7680Mi' } },
      { usage: { cpu: '123456789n', memory: '1Ki' } },
      { usage: { cpu: 'many', memory: '-1' } },
    ];
    const usage = metrics.reduce<ReturnType<typeof addUsage> | undefined>(addUsage, undefined);
    const [node] = factsOf([createNode('a')]);
    expect(summariseResources(node === undefined ? [] : [node.info], usage, 3)).to.deep.equal({
      totalCPU: '4',
      totalMemory: '16Gi',
      allocatableCPU: '3920m',
      allocatableMemory: '15Gi',
      usedCPU: '2083456789n',
      usedMemory: '7864321Ki',
      cpuUtilization: '53%',
      memoryUtilization: '50%',
      totalPods: 110,
      runningPods: 3,
    });
  });
});

describe('whatever a cluster says', () => {
  const text = fc.string({ unit: 'binary', maxLength: 400 });
  const node = fc
    .record({
      name: text,
      labels: fc.dictionary(
        fc.oneof(
          text,
          text.map((end) => `topology.kubernetes.io/${end}`),
          fc.constant('__proto__'),
        ),
        text,
      ),
      key: text,
      quantity: fc.oneof(text, fc.constantFrom('1e99', '-1', '9E', '1e30', 4)),
      isReady: fc.boolean(),
    })
    .map(({ name, labels, key, quantity, isReady }) => {
      const made = createNode(name, {
        labels,
        spec: { taints: [{ key, effect: key }] },
        isReady,
        info: { kubeletVersion: key },
      });
      return {
        ...made,
        status: { ...(made['status'] as object), capacity: { cpu: quantity, memory: quantity } },
      };
    });
  const part = <T>(value: fc.Arbitrary<T>) =>
    fc.oneof(
      value.map((known) => ({ value: known })),
      text.map((failure) => ({ failure })),
    );
  const facts = fc.record({
    version: part(text),
    nodes: part(fc.array(node, { maxLength: 4 }).map(factsOf)),
    usage: part(fc.constant(undefined)),
    runningPods: part(fc.nat(1000)),
    addons: part(fc.constant(sick)),
    namespaces: part(fc.constant({ total: 3, active: 2 })),
    personas: part(fc.constant(undefined)),
    groups: part(fc.constant(new Set<string>())),
  });

  it('the status is one that the API server takes, with Ready in it, and rests', () => {
    fc.assert(
      fc.property(facts, (seen) => {
        const status = observeCluster({ generation: 3, facts: seen, now });
        const object = {
          apiVersion: 'dorgu.io/v1',
          kind: 'ClusterPersona',
          metadata: { name: 'c' },
          spec: { name: 'c' },
        };
        const names = status.nodes?.map(({ name }) => name) ?? [];
        const isUnique = new Set(names).size === names.length;
        const verdict = validateClusterPersona({ ...object, status });
        if (isUnique) expect(verdict.ok ? [] : verdict.problems).to.deep.equal([]);
        expect(status.conditions?.map(({ type }) => type)).to.deep.equal(['Ready', 'Discovered', 'Healthy']);
        expect(observeCluster({ generation: 3, facts: seen, now, previous: status })).to.deep.equal(status);
      }),
      { numRuns: 300 },
    );
  });
});
