// That the shared test cluster behaves as a real one where tests rely on it.
import { expect } from 'chai';
import { useCluster } from './use-cluster.ts';

const pod = (name: string, securityContext: object = {}): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { containers: [{ name: 'main', image: 'registry.invalid/main:1', securityContext }] },
  });

const deployment = JSON.stringify({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop' },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'shop' } },
    template: {
      metadata: { labels: { app: 'shop' } },
      spec: { containers: [{ name: 'main', image: 'registry.invalid/shop:1' }] },
    },
  },
});

describe('the test cluster', () => {
  const cluster = useCluster();

  it('answers with the version of a Kubernetes release', async () => {
    const { serverVersion } = JSON.parse(await cluster.expectKubectl(['version', '-o', 'json'])) as {
      serverVersion: { gitVersion: string };
    };
    expect(serverVersion.gitVersion).to.match(/^v1\.\d+\.\d+$/);
  });

  it('validates in a server-side dry run and creates nothing', async () => {
    const namespace = await cluster.createNamespace();
    const args = ['apply', '--server-side', '--dry-run=server', '-n', namespace, '-f', '-'];
    const good = await cluster.kubectl(args, { input: deployment });
    expect(good.stdout).to.equal('deployment.apps/shop serverside-applied (server dry run)\n');
    const bad = await cluster.kubectl(args, {
      input: deployment.replace('"replicas":3', '"replicas":"many"'),
    });
    expect(bad.code).to.equal(1);
    expect(bad.stderr).to.contain('.spec.replicas');
    expect(await cluster.expectKubectl(['get', 'deployments', '-n', namespace, '-o', 'name'])).to.equal('');
  });

  it('refuses a privileged pod where Pod Security says restricted', async () => {
    const namespace = await cluster.createNamespace({ 'pod-security.kubernetes.io/enforce': 'restricted' });
    const { code, stderr } = await cluster.kubectl(['create', '-n', namespace, '-f', '-'], {
      input: pod('too-much', { privileged: true }),
    });
    expect(code).to.equal(1);
    expect(stderr).to.contain('violates PodSecurity "restricted:latest": privileged');
  });

  it('keeps the kubeconfig of the user out of it', () => {
    expect(cluster.environment['KUBECONFIG']).to.equal(cluster.kubeconfig);
    expect(cluster.server).to.match(/^https:\/\/127\.0\.0\.1:\d+$/);
  });
});

describe('workloads in the test cluster', () => {
  const cluster = useCluster({ workloads: true });

  it('has Ready nodes', async () => {
    const path = '{.items[*].status.conditions[?(@.type=="Ready")].status}';
    expect(await cluster.expectKubectl(['get', 'nodes', '-o', `jsonpath=${path}`])).to.equal('True True');
  });

  it('runs a pod until it is Ready', async () => {
    const namespace = await cluster.createNamespace();
    await cluster.expectKubectl(['create', '-n', namespace, '-f', '-'], { input: pod('one') });
    await cluster.expectKubectl([
      'wait',
      '--for=condition=Ready',
      'pod/one',
      '-n',
      namespace,
      '--timeout=30s',
    ]);
    const phase = ['get', 'pod/one', '-n', namespace, '-o', 'jsonpath={.status.phase}'];
    expect(await cluster.expectKubectl(phase)).to.equal('Running');
  });

  it('rolls a Deployment out, removes its pods with it, and completes a Job', async () => {
    const namespace = await cluster.createNamespace();
    await cluster.expectKubectl(['apply', '-n', namespace, '-f', '-'], { input: deployment });
    const status = await cluster.expectKubectl([
      'rollout',
      'status',
      'deployment/shop',
      '-n',
      namespace,
      '--timeout=30s',
    ]);
    expect(status).to.contain('successfully rolled out');
    await cluster.expectKubectl([
      'delete',
      'deployment/shop',
      '-n',
      namespace,
      '--cascade=foreground',
      '--timeout=30s',
    ]);
    expect(await cluster.expectKubectl(['get', 'pods', '-n', namespace, '-o', 'name'])).to.equal('');
    await cluster.expectKubectl(['create', 'job', 'once', '--image=registry.invalid/job:1', '-n', namespace]);
    await cluster.expectKubectl([
      'wait',
      '--for=condition=Complete',
      'job/once',
      '-n',
      namespace,
      '--timeout=30s',
    ]);
  });
});
