// When `cluster describe` takes the operator's word, and when it asks the cluster itself.
import { expect } from 'chai';
import { leaseName } from '../../../operator/manager/lease/lease-object.ts';
import { describeCluster } from '../../../src/cluster/discover-description.ts';
import { operatorLeaseName } from '../../../src/cluster/operator-lease.ts';
import { listClusterRows } from '../../../src/commands/cluster/describe/cluster-rows.ts';
import type { KubeClient, KubeRequest } from '../../../src/kube/client.ts';
import { KubeError } from '../../../src/kube/kube-error.ts';

const now = new Date('2026-05-01T12:00:00Z');
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
const signal = new AbortController().signal;

interface Setting {
  /** How old lastDiscovery is. */
  minutes: number;
  lease?: { renewTime: string; holderIdentity?: string } | 'forbidden';
  observedGeneration?: number;
}

function createClient({ minutes, lease, observedGeneration = 1 }: Setting): KubeClient {
  const persona = {
    metadata: { name: 'production', generation: 1 },
    spec: { name: 'production' },
    status: { observedGeneration, phase: 'Ready', kubernetesVersion: 'v1.35.4', lastDiscovery: ago(minutes) },
  };
  const answer = (path: string): unknown => {
    if (path.endsWith('/clusterpersonas')) return { items: [persona] };
    if (path === '/version') return { gitVersion: 'v1.36.0' };
    if (!path.endsWith('/leases')) return { items: [] };
    if (lease === 'forbidden') throw new KubeError('Forbidden', 'no', { httpStatus: 403 });
    return { items: lease === undefined ? [] : [{ spec: { holderIdentity: 'one', ...lease } }] };
  };
  const request = ({ path }: KubeRequest) =>
    Promise.resolve().then(() => ({ status: 200, warnings: [], body: answer(path) }));
  return { request } as unknown as KubeClient;
}

const cases: Record<string, { setting: Setting; expected: string }> = {
  'is taken while it is young': { setting: { minutes: 14 }, expected: 'v1.35.4, discovered 14m ago' },
  'is not taken where it is old and nobody leads': {
    setting: { minutes: 16 },
    expected: 'v1.36.0, asked just now',
  },
  'is taken however old while the operator leads': {
    setting: { minutes: 3 * 24 * 60, lease: { renewTime: ago(0.1) } },
    expected: 'v1.35.4, unchanged for 3d',
  },
  'is not taken where the last leader is gone': {
    setting: { minutes: 60, lease: { renewTime: ago(50) } },
    expected: 'v1.36.0, asked just now',
  },
  'is not taken where the last leader has let go': {
    setting: { minutes: 60, lease: { renewTime: ago(0), holderIdentity: '' } },
    expected: 'v1.36.0, asked just now',
  },
  'is not taken where the Lease may not be read': {
    setting: { minutes: 60, lease: 'forbidden' },
    expected: 'v1.36.0, asked just now',
  },
  'is not taken of another spec': {
    setting: { minutes: 1, observedGeneration: 0, lease: { renewTime: ago(0) } },
    expected: 'v1.36.0, asked just now',
  },
};

describe("the operator's word about the cluster", () => {
  for (const [name, { setting, expected }] of Object.entries(cases)) {
    it(name, async () => {
      const description = await describeCluster(createClient(setting), { now, signal });
      expect(listClusterRows(description, now)[0]?.main).to.equal(expected);
    });
  }

  it('is known by the name of the Lease that the operator holds', () => {
    expect(operatorLeaseName).to.equal(leaseName);
  });
});
