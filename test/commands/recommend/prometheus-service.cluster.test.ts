// `recommend --prometheus-service`: a real Prometheus behind a pod that kwok plays, met through the API server's port-forward.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { isClusterRequired } from '../../cluster/connection.ts';
import { startControlPlane, type ControlPlane } from '../../cluster/control-plane.ts';
import { installCrds } from '../../cluster/crds.ts';
import { kubectlOrThrow } from '../../cluster/kubectl.ts';
import { findPrograms } from '../../cluster/programs.ts';
import { usePrometheus } from '../../prometheus/use-prometheus.ts';
import { runHere, type Outcome } from '../command-line.ts';
import { toList } from '../persona/persona-objects.ts';
import { toOwnerSeries, toUsageSeries } from './measured-use.ts';

const labels = { app: 'prometheus' };
const metadata = { name: 'prometheus-k8s', namespace: 'monitoring' };
const shop = [{ name: 'shop', image: 'shop:1', resources: { requests: { cpu: '1', memory: '2Gi' } } }];
const prometheusContainer = {
  name: 'prometheus',
  image: 'prometheus:1',
  ports: [{ name: 'web', containerPort: 9090 }],
};
const objects = [
  {
    ...{ apiVersion: 'v1', kind: 'Pod', metadata: { ...metadata, name: 'prometheus-k8s-0', labels } },
    spec: { containers: [prometheusContainer], automountServiceAccountToken: false },
  },
  {
    ...{ apiVersion: 'v1', kind: 'Service', metadata },
    spec: { selector: labels, ports: [{ name: 'web', port: 9090, targetPort: 'web' }] },
  },
  {
    ...{ apiVersion: 'v1', kind: 'Service', metadata: { ...metadata, name: 'away' } },
    spec: { selector: { app: 'away' }, ports: [{ port: 9090 }] },
  },
  {
    ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'shop', namespace: 'default' } },
    spec: {
      replicas: 0,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: shop } },
    },
  },
];

describe('recommend --prometheus-service', function () {
  this.timeout(120_000);
  const nowMs = Date.now();
  const span = { fromMs: nowMs - 2 * 86_400_000, toMs: nowMs };
  const pod = { namespace: 'default', pod: 'shop-5d4f8b7c9-x2k4q', container: 'shop' };
  const prometheus = usePrometheus(() => [
    ...toUsageSeries({ ...pod, cpu: () => 200, memory: () => 400 * 2 ** 20 }, span),
    ...toOwnerSeries(pod, { kind: 'Deployment', name: 'shop', replicaSet: 'shop-5d4f8b7c9' }, span),
  ]);
  let plane: ControlPlane | undefined;

  before('a control plane of its own: where port-forwards lead is said when it starts', async function () {
    const search = await findPrograms({ environment: process.env, report: () => undefined });
    if ('missing' in search || search.programs.workloads === undefined) {
      if (isClusterRequired(process.env)) throw new Error('missing' in search ? search.missing : 'no kwok');
      return this.skip();
    }
    const target = { address: '127.0.0.1', port: Number(new URL(prometheus().url).port) };
    plane = await startControlPlane({
      ...{ programs: search.programs, nodes: 1 },
      forwardPodsTo: [{ ...target, pod: 'monitoring/prometheus-k8s-0' }],
    });
    const kubectl = (...args: string[]) => kubectlOrThrow(plane!.kubectl, args);
    await installCrds(plane.kubectl);
    await kubectl('create', 'namespace', 'monitoring');
    await kubectl('wait', '--for=create', 'serviceaccount/default', '-n', 'monitoring', '--timeout=30s');
    await kubectl('create', 'clusterrolebinding', 'viewer', '--clusterrole=view', '--user=viewer');
    await kubectlOrThrow(plane.kubectl, ['create', '-f', '-'], { input: toList(objects) });
    await kubectl(
      'wait',
      '--for=condition=Ready',
      'pod/prometheus-k8s-0',
      '-n',
      'monitoring',
      '--timeout=60s',
    );
  });
  after(() => plane?.stop());

  const recommend = (place: string, ...flags: string[]): Promise<Outcome> =>
    runHere(['recommend', '--prometheus-service', place, ...flags], {
      env: { KUBECONFIG: plane!.kubectl.kubeconfig },
    });

  for (const port of ['9090', 'web']) {
    it(`advises on what Prometheus knows, by port ${port}, and takes a token along`, async () => {
      const token = join(plane!.folder, 'token');
      writeFileSync(token, 'a-token');
      const flags = ['--prometheus-bearer-token-file', token, '-o', 'json'];
      const { code, stdout, stderr } = await recommend(`monitoring/prometheus-k8s:${port}`, ...flags);
      expect(code, stderr).to.equal(0);
      expect(stderr).to.equal('');
      const { items } = JSON.parse(stdout) as {
        items: { name: string; advice: { recommended: string }[] }[];
      };
      expect(
        items.map(({ name, advice }) => [name, ...advice.map(({ recommended }) => recommended)]),
      ).to.deep.equal([['shop', '230m', '464Mi', '560Mi']]);
    });
  }

  /** By what is in the way: the place, flags, the exit code, what is said. */
  const wrong: Readonly<
    Record<string, readonly [place: string, flags: string[], code: number, said: RegExp]>
  > = {
    'the Service has no such port': [
      'monitoring/prometheus-k8s:80',
      [],
      5,
      /^error: Service monitoring\/prometheus-k8s has no port 80$/m,
    ],
    'it has no ready pod': [
      'monitoring/away',
      [],
      5,
      /^error: Service monitoring\/away has no ready pod with port 9090$/m,
    ],
    'nothing of Prometheus is below its path': [
      'monitoring/prometheus-k8s:9090/away',
      [],
      9,
      /^error: http:\/\/prometheus-k8s\.monitoring\.svc:9090\/away answers with HTTP 404/m,
    ],
    'the user may not forward ports': [
      'monitoring/prometheus-k8s:9090',
      ['--as', 'viewer'],
      4,
      /^error: .*cannot \w+ resource "pods\/portforward"/m,
    ],
  };
  for (const [what, [place, flags, code, said]] of Object.entries(wrong)) {
    it(`says so where ${what}`, async () => {
      const { stderr, ...outcome } = await recommend(place, ...flags);
      expect(stderr).to.match(said);
      expect(outcome).to.deep.equal({ code, stdout: '' });
    });
  }
});
