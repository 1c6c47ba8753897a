// What generate writes for the examples, met by a real API server: dry, for real, twice, restricted, and without our CRDs.
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startControlPlane, type ControlPlane } from '../cluster/control-plane.ts';
import { kubectlOrThrow, runKubectl, type KubectlResult } from '../cluster/kubectl.ts';
import { findPrograms } from '../cluster/programs.ts';
import { useCluster } from '../cluster/use-cluster.ts';
import { exampleNames, generateExample } from './generated-example.ts';

const formats = ['kustomize', 'plain'] as const;

describe('the examples on a real API server', function () {
  this.timeout(120_000);
  const cluster = useCluster({ workloads: true });
  let top: string;
  let count = 0;
  const folder = (name: string) => join(top, String(count++), name);
  before(() => {
    top = realpathSync(mkdtempSync(join(tmpdir(), 'dorgu-apply-')));
  });
  after(() => rmSync(top, { recursive: true, force: true }));

  for (const name of exampleNames)
    for (const format of formats) {
      it(`${name}, ${format}: a server-side dry run takes all of it without a warning`, async () => {
        const namespace = await cluster.createNamespace();
        const where = await generateExample(name, folder(name), { format, namespace });
        const { code, stdout, stderr } = await cluster.kubectl([
          'apply',
          '--server-side',
          '--dry-run=server',
          ...where,
        ]);
        expect(stderr).to.equal('');
        expect(code).to.equal(0);
        expect(stdout).to.match(/^applicationpersona\.dorgu\.io\/\S+ serverside-applied/m);
        expect(stdout).to.match(/^deployment\.apps\/\S+ serverside-applied/m);
      });

      it(`${name}, ${format}: applied into an empty cluster, and a second time to no effect`, async () => {
        const namespace = `fresh-${name}-${format}`;
        const where = await generateExample(name, folder(name), { format, namespace });
        try {
          const first = await cluster.kubectl(['apply', ...where]);
          expect(first.stderr).to.equal('');
          expect(first.code).to.equal(0);
          const objects = first.stdout.trim().split('\n');
          for (const line of objects) expect(line).to.match(/ created$/);
          const second = await cluster.kubectl(['apply', ...where]);
          expect(second.code, second.stderr).to.equal(0);
          const again = second.stdout.trim().split('\n');
          expect(again).to.have.lengthOf(objects.length);
          await expectUnchanged((args) => cluster.kubectl(args), again, namespace);
          const secrets = await cluster.expectKubectl(['get', 'secrets', '-n', namespace, '-o', 'name']);
          expect(secrets).to.equal('');
        } finally {
          await cluster.kubectl(['delete', 'namespace', namespace, '--wait=false', '--ignore-not-found']);
        }
      });
    }

  for (const name of exampleNames)
    it(`${name}: its pods are let into a restricted namespace and become ready`, async () => {
      const namespace = await cluster.createNamespace({ 'pod-security.kubernetes.io/enforce': 'restricted' });
      const where = await generateExample(name, folder(name), { format: 'plain', namespace });
      const { stderr } = await cluster.kubectl(['apply', ...where]);
      expect(stderr).not.to.match(/would violate PodSecurity/);
      const deployments = await cluster.expectKubectl(['get', 'deployments', '-n', namespace, '-o', 'name']);
      for (const deployment of deployments.trim().split('\n'))
        await cluster.expectKubectl(['rollout', 'status', deployment, '-n', namespace, '--timeout=45s']);
      const ready = '{range .items[*]}{.status.conditions[?(@.type=="Ready")].status}{"\\n"}{end}';
      const pods = await cluster.expectKubectl(['get', 'pods', '-n', namespace, '-o', `jsonpath=${ready}`]);
      expect(new Set(pods.trim().split('\n'))).to.deep.equal(new Set(['True']));
    });
});

describe('the examples on a cluster without our kinds', function () {
  this.timeout(120_000);
  // Skips, or fails in CI, with the reason where there is no control plane to be had.
  useCluster();
  let top: string;
  let plane: ControlPlane | undefined;
  before(async () => {
    top = realpathSync(mkdtempSync(join(tmpdir(), 'dorgu-bare-')));
    const search = await findPrograms({ environment: process.env, report: () => undefined });
    if (!('programs' in search)) throw new Error(search.missing);
    const { etcd, kubeApiserver, kubectl } = search.programs;
    plane = await startControlPlane({ programs: { etcd, kubeApiserver, kubectl } });
  });
  after(async () => {
    await plane?.stop();
    rmSync(top, { recursive: true, force: true });
  });

  for (const name of exampleNames)
    for (const format of formats)
      it(`${name}, ${format}: all that the cluster knows is there, and a second run changes nothing`, async () => {
        if (!plane) throw new Error('no control plane');
        const { kubectl } = plane;
        const namespace = `bare-${name}-${format}`;
        const where = await generateExample(name, join(top, format, name), { format, namespace });
        const first = await runKubectl(kubectl, ['apply', ...where]);
        const unknown = first.stderr
          .split('\n')
          .filter((line) => line !== '' && !line.includes('ensure CRDs are installed first'));
        for (const line of unknown) expect(line).to.match(/no matches for kind "ApplicationPersona"/);
        expect(first.stdout).to.match(/^deployment\.apps\/\S+ created/m);
        const second = await runKubectl(kubectl, ['apply', ...where]);
        const lines = second.stdout.trim().split('\n');
        expect(lines).to.have.lengthOf(first.stdout.trim().split('\n').length);
        await expectUnchanged((args) => runKubectl(kubectl, args), lines, namespace);
        const kinds = ['namespace', 'serviceaccount', 'deployment.apps', 'networkpolicy.networking.k8s.io'];
        for (const kind of kinds)
          expect(
            lines.some((line) => line.startsWith(`${kind}/`)),
            kind,
          ).to.equal(true);
        const secrets = await kubectlOrThrow(kubectl, ['get', 'secrets', '-n', namespace, '-o', 'name']);
        expect(secrets).to.equal('');
      });
});

// kubectl replaces the selector of a PodDisruptionBudget in every patch, and the claims of a StatefulSet, to which the server adds a
// status that nobody writes; so it calls both configured although the server changes nothing. Their generation tells.
async function expectUnchanged(
  kubectl: (args: readonly string[]) => Promise<KubectlResult>,
  lines: readonly string[],
  namespace: string,
): Promise<void> {
  for (const line of lines) {
    const told = /^((?:poddisruptionbudget\.policy|statefulset\.apps)\/\S+) configured$/.exec(line)?.[1];
    if (told === undefined) expect(line).to.match(/ unchanged$/);
    else {
      const { stdout } = await kubectl([
        'get',
        told,
        '-n',
        namespace,
        '-o',
        'jsonpath={.metadata.generation}',
      ]);
      expect(stdout, told).to.equal('1');
    }
  }
}
