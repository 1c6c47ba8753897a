// --from-cluster, and commands before the CRDs are there. A ClusterPersona counts for a whole cluster, so this file has one of its own.
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { parseAllDocuments } from 'yaml';
import { startControlPlane, type ControlPlane } from '../../cluster/control-plane.ts';
import { installCrds } from '../../cluster/crds.ts';
import { kubectlOrThrow } from '../../cluster/kubectl.ts';
import { findPrograms } from '../../cluster/programs.ts';
import { useCluster } from '../../cluster/use-cluster.ts';
import { runHere } from '../command-line.ts';

const source = resolve(import.meta.dirname, '../../fixtures/commands/shop');
const clusterPersona = {
  apiVersion: 'dorgu.io/v1',
  kind: 'ClusterPersona',
  metadata: { name: 'prod' },
  spec: {
    name: 'prod',
    environment: 'production',
    conventions: { namespacePrefix: 'team-', requiredLabels: ['cost-center'] },
    defaults: {
      registry: 'registry.acme.test/team',
      resources: { requests: { cpu: '150m' } },
      scaling: { minReplicas: 2, maxReplicas: 4 },
    },
  },
};

describe('a cluster of its own', function () {
  this.timeout(120_000);
  // Skips, or fails in CI, with the reason where there is no control plane to be had.
  useCluster();
  let plane: ControlPlane | undefined;
  let folder: string;
  const run = (...argv: string[]) =>
    runHere(argv, { cwd: folder, env: { KUBECONFIG: plane!.kubectl.kubeconfig } });
  const settings = (text: string) => writeFileSync(join(folder, 'shop/.dorgu.yaml'), `version: "1"\n${text}`);
  const personaOf = (text: string) =>
    JSON.parse(text) as { metadata: { namespace: string }; spec: { resources: object; scaling: object } };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dorgu-from-cluster-'));
    const search = await findPrograms({ environment: process.env, report: () => undefined });
    if (!('programs' in search)) throw new Error(search.missing);
    const { etcd, kubeApiserver, kubectl } = search.programs;
    plane = await startControlPlane({ programs: { etcd, kubeApiserver, kubectl } });
  });
  after(async () => {
    await plane?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    rmSync(join(folder, 'shop'), { recursive: true, force: true });
    cpSync(source, join(folder, 'shop'), { recursive: true });
  });

  const needingCrds: Record<string, string[]> = {
    'persona list': ['persona', 'list'],
    'persona apply': ['persona', 'apply', 'shop', '-n', 'default'],
    'persona delete': ['persona', 'delete', 'shop'],
    'persona generate --from-cluster': ['persona', 'generate', 'shop', '--from-cluster'],
    'generate --from-cluster': ['generate', 'shop', '--from-cluster'],
  };
  for (const [name, argv] of Object.entries(needingCrds)) {
    it(`tells ${name} how to install the CRDs where they are missing`, async () => {
      const { code, stdout, stderr } = await run(...argv);
      expect({ code, stdout }).to.deep.equal({ code: 3, stdout: '' });
      expect(stderr).to.match(/^error: the cluster .*does not know (application|cluster)personas/im);
      expect(stderr).to.match(/^hint: .*kubectl apply --server-side -k config\/crd/m);
    });
  }

  describe('with the CRDs', () => {
    before(async () => {
      await installCrds(plane!.kubectl);
      const { code, stderr } = await run('persona', 'generate', 'shop', '--from-cluster');
      expect(code).to.equal(5);
      expect(stderr)
        .to.match(/^error: there is no ClusterPersona/m)
        .and.match(/^hint: kubectl dorgu cluster init/m);
      await kubectlOrThrow(plane!.kubectl, ['apply', '-f', '-'], { input: JSON.stringify(clusterPersona) });
    });

    it('completes a persona with what the cluster says, and says so', async () => {
      const { code, stdout, stderr } = await run(
        'persona',
        'generate',
        'shop',
        '--from-cluster',
        '-o',
        'json',
      );
      expect(code, stderr).to.equal(0);
      expect(stderr).to.match(/registry registry\.acme\.test\/team, .*: from ClusterPersona prod$/m);
      const { metadata, spec } = personaOf(stdout);
      expect(metadata.namespace).to.equal('team-shop');
      expect(spec.resources).to.have.nested.property('requests.cpu', '150m');
      expect(spec.scaling).to.include({ minReplicas: 2, maxReplicas: 4 });
    });

    it('asks no cluster without the flag', async () => {
      const outcome = await runHere(['persona', 'generate', 'shop'], { cwd: folder });
      expect({ code: outcome.code, stderr: outcome.stderr }).to.deep.equal({ code: 0, stderr: '' });
      const [document] = parseAllDocuments(outcome.stdout);
      expect(document!.toJS()).to.have.nested.property('metadata.namespace', 'shop');
    });

    it('lets settings win, and says where they leave the conventions', async () => {
      settings('namespace: store\nresources:\n  requests:\n    cpu: 300m\n');
      const { stdout, stderr } = await run('persona', 'generate', 'shop', '--from-cluster', '-o', 'json');
      const { metadata, spec } = personaOf(stdout);
      expect(metadata.namespace).to.equal('store');
      expect(spec.resources).to.have.nested.property('requests.cpu', '300m');
      expect(stderr).to.match(/namespace store does not begin with team-, as ClusterPersona prod has it/);
    });

    it('holds manifests to the rules of the cluster, and writes none that break them', async () => {
      const refused = await run('generate', 'shop', '--from-cluster');
      expect(refused.code).to.equal(1);
      expect(refused.stderr).to.match(/of ClusterPersona prod, and nothing was written/);
      expect(refused.stderr).to.match(/cost-center.*the cluster asks for it/);
      expect(existsSync(join(folder, 'shop/k8s'))).to.equal(false);
      settings('labels:\n  cost-center: c42\n');
      const written = await run('generate', 'shop', '--from-cluster');
      expect(written.code, written.stderr).to.equal(0);
      expect(written.stderr).to.match(/cluster .*from ClusterPersona prod/);
      expect(existsSync(join(folder, 'shop/k8s/persona.yaml'))).to.equal(true);
    });
  });
});
