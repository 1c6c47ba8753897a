// Our reading of the Pod Security Standards against the admission plugin of a real API server.
import { expect } from 'chai';
import fc from 'fast-check';
import { podSecurity } from '../../../src/rules/security/pod-security/rule.ts';
import { createApiServerClient, type SendToApiServer } from '../../api/api-server-client.ts';
import { useCluster } from '../../cluster/use-cluster.ts';
import { readWorkload } from '../../../src/workload/read-workload.ts';
import { shopInput } from '../shop-input.ts';
import { createRestrictedPod, type PodJson, podVariants } from './pod-variants.ts';

type Standard = 'baseline' | 'restricted';
const standards: readonly Standard[] = ['baseline', 'restricted'];

describe('security/pod-security, against Pod Security Admission', () => {
  const cluster = useCluster();
  const namespaces = new Map<Standard, string>();
  let send: SendToApiServer;

  before(async () => {
    send = createApiServerClient(cluster.kubeconfig);
    for (const standard of standards) {
      const labels = {
        'pod-security.kubernetes.io/enforce': standard,
        'pod-security.kubernetes.io/warn': standard,
      };
      namespaces.set(standard, await cluster.createNamespace(labels));
    }
  });

  async function isRefused(pod: PodJson, standard: Standard): Promise<boolean> {
    const { status, body } = await send(
      'POST',
      `/api/v1/namespaces/${namespaces.get(standard) ?? ''}/pods?dryRun=All`,
      pod,
    );
    if (status === 201) return false;
    expect(body.message, 'what the API server says').to.match(/violates PodSecurity/);
    return true;
  }

  for (const [title, change] of Object.entries(podVariants)) {
    it(`judges alike: ${title}`, async () => {
      const pod = createRestrictedPod();
      change(pod);
      for (const standard of standards) {
        const problems = findProblems(pod, standard);
        expect(problems.length > 0, `${standard}: ${problems.join('; ')}`).to.equal(
          await isRefused(pod, standard),
        );
      }
    });
  }

  it('judges alike what differs in two things', async () => {
    const changes = fc.constantFrom(...Object.values(podVariants));
    await fc.assert(
      fc.asyncProperty(changes, changes, fc.constantFrom(...standards), async (first, second, standard) => {
        const pod = createRestrictedPod();
        first(pod);
        second(pod);
        const path = `/api/v1/namespaces/${namespaces.get(standard) ?? ''}/pods?dryRun=All`;
        const { status, body } = await send('POST', path, pod);
        // Two things may contradict each other; what is no valid pod has no verdict.
        fc.pre(status === 201 || /violates PodSecurity/.test(body.message ?? ''));
        expect(findProblems(pod, standard).length > 0).to.equal(status !== 201);
      }),
      { numRuns: 150 },
    );
  }).timeout(60_000);

  it('finds in a Deployment what the API server warns about', async () => {
    const { metadata: _, ...template } = createRestrictedPod();
    const labels = { app: 'shop' };
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'shop' },
      spec: {
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { ...template.spec, hostNetwork: true } },
      },
    };
    const args = ['apply', '--dry-run=server', '-n', namespaces.get('baseline') ?? '', '-f', '-'];
    const { code, stderr } = await cluster.kubectl(args, { input: JSON.stringify(deployment) });
    expect(code).to.equal(0);
    expect(stderr).to.match(/would violate PodSecurity "baseline:latest": host namespaces/);
    expect(judge(deployment, 'baseline')).to.deep.include.members([
      {
        field: 'spec.template.spec.hostNetwork',
        subject: 'hostNamespaces true',
        actual: 'true',
        expected: 'false',
        message: 'pod: hostNetwork is true, false expected (baseline)',
        suggestion: 'hostNetwork: false',
      },
    ]);
  });
});

function findProblems(pod: PodJson, standard: Standard): string[] {
  const reports = judge(pod, standard);
  return reports === 'not-applicable' ? [] : reports.map(({ message }) => message);
}

function judge(object: unknown, podSecurityStandard: Standard) {
  const workload = readWorkload(object);
  if (!workload) throw new Error('no workload');
  const input = shopInput({ cluster: { policies: { security: { podSecurityStandard } } } });
  return podSecurity.evaluate({ ...input, workload });
}
