// `cluster init`, `describe` and `status` on a real API server: without nodes and CRDs at first, with 5,000 nodes at the end.
import { expect } from 'chai';
import { parse } from 'yaml';
import { installCrds } from '../cluster/crds.ts';
import { createNode } from '../status/cluster/cluster-objects.ts';
import { createNodeMetrics, metricsCrd, toDeployment } from './cluster/manifests.ts';
import { createAll, startOwnCluster, type OwnCluster } from './cluster/own-cluster.ts';
import { testWithoutCrds } from './cluster/without-crds.ts';

const nodesPath = '/api/v1/nodes';
const controlPlane = { 'node-role.kubernetes.io/control-plane': '' };

describe('cluster commands on a cluster of their own', function () {
  this.timeout(180_000);
  let cluster: OwnCluster;

  before(async function () {
    const started = await startOwnCluster();
    if (started === undefined) this.skip();
    cluster = started;
  });
  after(async () => {
    await (cluster as OwnCluster | undefined)?.stop();
  });

  describe('without CRDs and nodes', () => testWithoutCrds(() => cluster));

  describe('with CRDs', () => {
    before(async () => {
      await installCrds(cluster.plane.kubectl);
      const strict = { 'pod-security.kubernetes.io/enforce': 'restricted' };
      for (const [name, labels] of Object.entries({ shop: strict, argocd: {} }))
        await cluster.kubectl(['create', '-f', '-'], {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name, labels },
        });
      for (const deployment of [
        toDeployment('web', 'ghcr.io/acme/web:1', 'shop'),
        toDeployment('argocd-server', 'quay.io/argoproj/argocd:v3.1.2', 'argocd'),
      ])
        await cluster.kubectl(['create', '-f', '-'], deployment);
      const status = { replicas: 2, updatedReplicas: 2, readyReplicas: 1, availableReplicas: 1 };
      await cluster.kubectl([
        ...['patch', 'deployment', 'argocd-server', '-n', 'argocd', '--subresource=status', '--type=merge'],
        ...['-p', JSON.stringify({ status })],
      ]);
    });

    it('a dry run writes nothing, and prints the object that would be written', async () => {
      const { code, stdout } = await cluster.run(
        'cluster',
        'init',
        'prod-eu',
        '--dry-run=client',
        '-o',
        'yaml',
      );
      expect(code).to.equal(0);
      expect(parse(stdout)).to.deep.equal({
        apiVersion: 'dorgu.io/v1',
        kind: 'ClusterPersona',
        metadata: { name: 'prod-eu' },
        spec: {
          name: 'prod-eu',
          environment: 'production',
          policies: { security: { podSecurityStandard: 'restricted' } },
        },
      });
      const server = await cluster.run('cluster', 'init', 'prod-eu', '--dry-run=server');
      expect(server.stdout).to.equal('clusterpersona.dorgu.io/prod-eu created (server dry run)\n');
      expect(await cluster.kubectl(['get', 'clusterpersonas', '-o', 'name'])).to.equal('');
    });

    it('init takes the name of the kubeconfig, creates, and the second time changes nothing', async () => {
      const first = await cluster.run('cluster', 'init', '--environment', 'staging');
      expect(first).to.include({ code: 0, stdout: 'clusterpersona.dorgu.io/dorgu-test created\n' });
      const again = await cluster.run('cluster', 'init');
      expect(again).to.include({ code: 0, stdout: 'clusterpersona.dorgu.io/dorgu-test unchanged\n' });
      const object = await cluster.kubectl([
        'get',
        'clusterpersona',
        'dorgu-test',
        '-o',
        'jsonpath={.spec.environment}',
      ]);
      expect(object).to.equal('staging');
      const changed = await cluster.run('cluster', 'init', '--pod-security', 'baseline', '-o', 'name');
      expect(changed).to.include({ code: 0, stdout: 'clusterpersona.dorgu.io/dorgu-test\n' });
    });

    it('a field of somebody else is a conflict, until it is taken over', async () => {
      const theirs = {
        apiVersion: 'dorgu.io/v1',
        kind: 'ClusterPersona',
        metadata: { name: 'dorgu-test' },
        spec: { name: 'dorgu-test', description: 'theirs' },
      };
      await cluster.kubectl(['apply', '--server-side', '--field-manager=gitops', '-f', '-'], theirs);
      const refused = await cluster.run('cluster', 'init', '--description', 'ours');
      expect(refused).to.include({ code: 6, stdout: '' });
      expect(refused.stderr)
        .to.contain('.spec.description')
        .and.to.contain('gitops')
        .and.to.contain('--force-conflicts');
      const forced = await cluster.run('cluster', 'init', '--description', 'ours', '--force-conflicts');
      expect(forced).to.include({ code: 0, stdout: 'clusterpersona.dorgu.io/dorgu-test configured\n' });
    });

    it('bad input is refused before anything is asked', async () => {
      expect((await cluster.run('cluster', 'init', 'Prod_1')).code).to.equal(2);
      expect((await cluster.run('cluster', 'init', '--environment', 'live')).code).to.equal(2);
      const { code, stderr } = await cluster.run('cluster', 'init', '--allowed-registry', 'not a registry');
      expect(code).to.equal(1);
      expect(stderr).to.contain('spec.policies.security.allowedRegistries[0]');
    });

    it('describe on one node, whose words cannot command the terminal', async () => {
      const foreign = createNode('node-1', {
        labels: controlPlane,
        info: { kubeletVersion: 'v1\u001b[2J\u202e' },
      });
      await createAll(cluster.client, nodesPath, [foreign]);
      const { code, stdout } = await cluster.run('cluster', 'describe');
      expect(code).to.equal(0);
      expect(stdout).to.contain('Nodes         1 of 1 ready: 1 control plane\n');
      const json = await cluster.run('cluster', 'describe', '-o', 'json');
      for (const character of ['\u001b', '\u202e']) expect(json.stdout).to.not.contain(character);
      expect(JSON.parse(json.stdout)).to.have.nested.property('status.nodes[0].name', 'node-1');
    });

    it('describe on three nodes, one of them down, with use, add-ons and policies', async () => {
      await createAll(cluster.client, nodesPath, [
        createNode('node-2'),
        createNode('node-3', { isReady: false }),
      ]);
      await cluster.kubectl(['apply', '-f', '-'], metricsCrd);
      await cluster.kubectl([
        'wait',
        '--for=condition=Established',
        'crd/nodes.metrics.k8s.io',
        '--timeout=30s',
      ]);
      const metrics = ['node-1', 'node-2'].map(createNodeMetrics);
      await createAll(cluster.client, '/apis/metrics.k8s.io/v1beta1/nodes', metrics);
      const { stdout } = await cluster.run('cluster', 'describe');
      const version = (
        await cluster.client.request<{ gitVersion: string }>({ method: 'GET', path: '/version' })
      ).body;
      expect(stdout.split('\n')).to.deep.equal([
        'dorgu-test: staging                                              Degraded',
        '',
        `Kubernetes    ${version.gitVersion}, asked just now`,
        'Judged        from here: no operator has looked at it    kubectl get pods -A -l app.kubernetes.io/name=dorgu-operator',
        'Nodes         2 of 3 ready: 1 control plane, 2 worker',
        'Not ready     node-3',
        '                        TOTAL  ALLOCATABLE    USED',
        'CPU                        12         11.8     5.9   50%  ██████████░░░░░░░░░░',
        'Memory                   48Gi         45Gi    40Gi   89%  ██████████████████░░',
        'Pods                      330          330       0    0%  ░░░░░░░░░░░░░░░░░░░░',
        '',
        'ADD-ON   TYPE    VERSION  NAMESPACE  HEALTH',
        'Argo CD  gitops  3.1.2    argocd     1 of 2 pods ready',
        '',
        'Personas      none',
        'Namespaces    6',
        'Policies      Pod Security baseline',
        '',
      ]);
    });

    it('status says in a few lines what is wrong, and no with --exit-code', async () => {
      const { code, stdout } = await cluster.run('cluster', 'status', '--exit-code');
      expect(code).to.equal(1);
      expect(stdout).to.contain('Healthy       False: 1 of 3 nodes not ready: node-3');
      const phase = await cluster.run('cluster', 'status', '-o', 'jsonpath={.status.phase}');
      expect(phase).to.include({ code: 0, stdout: 'Degraded' });
      expect((await cluster.run('cluster', 'status', '-o', 'wide')).stdout).to.contain('Policies ');
      expect(parse((await cluster.run('cluster', 'status', '-o', 'yaml')).stdout)).to.include({
        judgedBy: 'kubectl-dorgu',
      });
    });

    it('a second ClusterPersona is said not to count', async () => {
      const { code, stderr } = await cluster.run('cluster', 'init', 'other');
      expect(code).to.equal(0);
      expect(stderr).to.contain('there is ClusterPersona dorgu-test already, and only the oldest counts');
      // Both may be of the same second, and then the name decides.
      const { stdout } = await cluster.run('cluster', 'describe', 'other');
      expect(stdout).to.contain('does not count: ClusterPersona dorgu-test is older and counts');
      await cluster.kubectl(['delete', 'clusterpersona', 'other']);
      expect(await cluster.run('cluster', 'describe', 'other')).to.include({ code: 5, stdout: '' });
    });

    it('a user who may not list nodes sees the rest, and what is unseen', async () => {
      await cluster.kubectl([
        'create',
        'clusterrole',
        'few',
        '--verb=get,list',
        '--resource=clusterpersonas.dorgu.io',
      ]);
      await cluster.kubectl(['create', 'clusterrolebinding', 'few', '--clusterrole=few', '--user=jane']);
      const { code, stdout } = await cluster.run('cluster', 'describe', '--as', 'jane');
      expect(code).to.equal(0);
      expect(stdout).to.match(/^dorgu-test: staging {2,}Degraded\n/);
      expect(stdout).to.match(
        /^Unseen {8}nodes: nodes is forbidden: User "jane" cannot list resource "nodes"/m,
      );
      const json = JSON.parse(
        (await cluster.run('cluster', 'describe', '--as', 'jane', '-o', 'json')).stdout,
      ) as {
        unseen: { part: string }[];
      };
      expect(json.unseen.map(({ part }) => part)).to.include.members([
        'nodes',
        'pods',
        'add-ons',
        'namespaces',
      ]);
    });

    it('a user who may not list ClusterPersonas is told so, not that there is none', async () => {
      const mayRead = ['create', 'clusterrole', 'nodes', '--verb=get,list', '--resource=nodes'];
      await cluster.kubectl(mayRead);
      await cluster.kubectl(['create', 'clusterrolebinding', 'nodes', '--clusterrole=nodes', '--user=joe']);
      for (const command of ['describe', 'status']) {
        const { code, stdout } = await cluster.run('cluster', command, '--as', 'joe');
        expect(code).to.equal(0);
        expect(stdout).to.match(/^Persona +unseen: clusterpersonas\.dorgu\.io is forbidden/m);
        expect(stdout).to.not.contain('cluster init');
      }
      const { stdout } = await cluster.run('cluster', 'describe', '--as', 'joe', '-o', 'json');
      expect(JSON.parse(stdout)).to.have.nested.property('unseen[0].part', 'ClusterPersonas');
    });

    it('init keeps what was said before, for those who may not list, too', async () => {
      const verbs = '--verb=get,patch,create';
      await cluster.kubectl(['create', 'clusterrole', 'init', verbs, '--resource=clusterpersonas.dorgu.io']);
      await cluster.kubectl(['create', 'clusterrolebinding', 'init', '--clusterrole=init', '--user=ann']);
      const again = await cluster.run('cluster', 'init', '--as', 'ann');
      expect(again, again.stderr).to.include({
        code: 0,
        stdout: 'clusterpersona.dorgu.io/dorgu-test unchanged\n',
      });
      expect(await cluster.run('cluster', 'init', '--as', 'nobody')).to.include({ code: 4, stdout: '' });
    });

    it('a fresh word of the operator is shown as such, a stale one is not gone by', async () => {
      const write = async (lastDiscovery: Date) => {
        const at = `${lastDiscovery.toISOString().slice(0, 19)}Z`;
        const generation = Number(
          await cluster.kubectl([
            'get',
            'clusterpersona',
            'dorgu-test',
            '-o',
            'jsonpath={.metadata.generation}',
          ]),
        );
        const status = {
          observedGeneration: generation,
          phase: 'Ready',
          lastDiscovery: at,
          nodeCount: 12,
          readyNodes: 12,
          kubernetesVersion: 'v9.9.9',
          platform: 'EKS',
        };
        await cluster.kubectl([
          ...['patch', 'clusterpersona', 'dorgu-test', '--subresource=status', '--type=merge'],
          ...['-p', JSON.stringify({ status })],
        ]);
      };
      await write(new Date(Date.now() - 130_000));
      const fresh = await cluster.run('cluster', 'describe');
      expect(fresh.stdout)
        .to.match(/v9\.9\.9 on EKS, discovered 2m\d+s ago/)
        .and.to.contain('12 of 12 ready');
      await write(new Date(Date.now() - 3_600_000 * 5));
      const stale = await cluster.run('cluster', 'describe');
      expect(stale.stdout).to.contain("the operator's word is 5h old").and.to.contain('2 of 3 ready');
    });

    it('describe on 5,000 nodes is one screen, and its object stays small', async () => {
      const nodes = Array.from({ length: 4997 }, (_, index) => createNode(`worker-${index}`));
      await createAll(cluster.client, nodesPath, nodes);
      const { code, stdout } = await cluster.run('cluster', 'describe');
      expect(code).to.equal(0);
      expect(stdout).to.contain('Nodes         4999 of 5000 ready: 1 control plane, 4999 worker');
      expect(stdout).to.match(/^CPU +20000 +19600 +5\.9 +0% /m);
      expect(stdout.split('\n').length).to.be.below(25);
      const json = await cluster.run('cluster', 'describe', '-o', 'json');
      expect(json.stdout.length).to.be.below(1_000_000);
      expect(JSON.parse(json.stdout)).to.have.nested.property('status.nodeCount', 5000);
    });
  });
});
