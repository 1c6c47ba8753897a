// What a changed ClusterPersona does to personas, through the operator: policies, levels of rules, exceptions and their end.
import { expect } from 'chai';
import type {
  ApplicationPersona,
  ClusterPersonaSpec,
  ValidationIssue,
} from '../../../../src/api/personas.ts';
import { waitUntil } from '../../../cluster/wait-until.ts';
import { toDeployment } from '../../../commands/cluster/manifests.ts';
import type { OwnCluster } from '../../../commands/cluster/own-cluster.ts';
import { startOperatorHere, type OperatorHere } from '../../rbac/operator-here.ts';

/** Tests for the describe that it is called in. `counting`: the name of the ClusterPersona that counts. */
export function testPolicies(get: () => { cluster: OwnCluster; kubeconfig: string; counting: string }): void {
  let operator: OperatorHere;

  before(async () => {
    const { cluster, kubeconfig } = get();
    await cluster.kubectl(['create', 'namespace', 'shop']);
    await cluster.kubectl(['create', '-f', '-'], toDeployment('web', 'quay.io/acme/web:latest', 'shop'));
    await cluster.kubectl(['create', '-f', '-'], {
      apiVersion: 'dorgu.io/v1',
      kind: 'ApplicationPersona',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { name: 'web', type: 'api' },
    });
    // No resync comes to help: what time alone changes is looked at when it is due.
    const flags = ['--controllers=persona', '--metrics-bind-address=0', '--resync-interval=1h'];
    operator = startOperatorHere(kubeconfig, flags);
  });
  after(() => operator.stop());

  const readPersona = async () => {
    const path = '/apis/dorgu.io/v1/namespaces/shop/applicationpersonas/web';
    return (await get().cluster.client.request<ApplicationPersona>({ method: 'GET', path })).body;
  };

  /** Severities of the findings of a rule, once they are as expected. */
  async function expectFindings(rule: string, expected: readonly string[]): Promise<ApplicationPersona> {
    let found: string[] | undefined;
    const severities = ({ severity, rule: id }: ValidationIssue) => (id === rule ? [severity] : []);
    return waitUntil(
      `${rule}: ${expected.join() || 'nothing'}`,
      async () => {
        const persona = await readPersona();
        found = persona.status?.validation?.issues?.flatMap(severities);
        const isWritten = persona.status?.validation !== undefined;
        return isWritten && (found ?? []).join() === expected.join() ? persona : undefined;
      },
      { timeoutMs: 10_000, intervalMs: 50 },
    ).catch((error: unknown) => {
      throw new Error(`expected ${rule} as ${expected.join()}, found ${found?.join() ?? 'nothing'}`, {
        cause: error,
      });
    });
  }

  async function say(spec: Partial<ClusterPersonaSpec>): Promise<void> {
    const { cluster, counting } = get();
    const patch = JSON.stringify({ spec: { rules: null, exceptions: null, policies: null, ...spec } });
    await cluster.kubectl(['patch', 'clusterpersona', counting, '--type=merge', '-p', patch]);
  }

  it('a rule counts as the ClusterPersona says, from the moment it says so', async () => {
    await expectFindings('image/tag', ['warning']);
    await say({ rules: [{ id: 'image/*', level: 'deny' }] });
    await expectFindings('image/tag', ['error']);
    await say({ rules: [{ id: 'image/tag', level: 'off' }] });
    await expectFindings('image/tag', []);
    await say({});
    await expectFindings('image/tag', ['warning']);
  });

  it('a policy makes findings, and takes them with it', async () => {
    await say({ policies: { security: { allowedRegistries: ['ghcr.io'] } } });
    await expectFindings('security/allowed-registries', ['error']);
    await say({});
    await expectFindings('security/allowed-registries', []);
  });

  it('an exception lifts a finding until its day, and one of yesterday does not', async () => {
    const exception = { rule: 'image/tag', namespace: 'shop', reason: 'until the next release' };
    await say({ rules: [{ id: 'image/tag', level: 'deny' }] });
    await expectFindings('image/tag', ['error']);
    const rules: ClusterPersonaSpec['rules'] = [{ id: 'image/tag', level: 'deny' }];
    await say({ rules, exceptions: [{ ...exception, until: '2999-01-01T00:00:00Z' }] });
    const excepted = await waitUntil(
      'the exception',
      async () => {
        const persona = await readPersona();
        return JSON.stringify(persona.status).includes('until the next release') ? persona : undefined;
      },
      { timeoutMs: 10_000, intervalMs: 50 },
    );
    const tags = (excepted.status?.validation?.issues ?? []).filter(({ rule }) => rule === 'image/tag');
    expect(tags.map(({ severity }) => severity)).to.deep.equal(['info']);
    await say({ rules, exceptions: [{ ...exception, until: '2020-01-01T00:00:00Z' }] });
    await expectFindings('image/tag', ['error']);
  });

  it('an exception ends by itself', async () => {
    const until = new Date(Date.now() + 3000).toISOString();
    const rules: ClusterPersonaSpec['rules'] = [{ id: 'image/tag', level: 'deny' }];
    const exception = { rule: 'image/tag', namespace: 'shop', reason: 'for three seconds', until };
    await say({ rules, exceptions: [exception] });
    await waitUntil(
      'the exception',
      async () => JSON.stringify(await readPersona()).includes('for three seconds') || undefined,
      { timeoutMs: 3000, intervalMs: 50 },
    );
    await expectFindings('image/tag', ['error']);
    expect(Date.now()).to.be.at.least(Date.parse(until));
  });

  it('a rule is enforced by itself from its day on, and counts as a warning until then', async () => {
    const enforceFrom = new Date(Date.now() + 3000).toISOString();
    await say({ rules: [{ id: 'image/tag', level: 'deny', enforceFrom }] });
    await expectFindings('image/tag', ['warning']);
    const enforced = await expectFindings('image/tag', ['error']);
    expect(Date.now()).to.be.at.least(Date.parse(enforceFrom));
    expect(enforced.status?.validation?.passed).to.equal(false);
  });
}
