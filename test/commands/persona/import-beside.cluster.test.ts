// `persona import` beside what others wrote and may not be read: it replaces nothing of theirs, and says what it leaves out.
import { expect } from 'chai';
import { parseAllDocuments } from 'yaml';
import { personaKind, useImport, variedWorkloads } from './import-session.ts';

describe('persona import, beside others,', () => {
  const { cluster, run, apply, personasIn } = useImport();

  describe('beside what others wrote', () => {
    const deployment = (name: string, app = name) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, labels: { app: ${app} } }
spec:
  selector: { matchLabels: { app: ${app} } }
  template:
    metadata: { labels: { app: ${app} } }
    spec: { containers: [{ name: main, image: 'ghcr.io/acme/${name}:1' }] }
---
`;
    const persona = (name: string, spec: string) =>
      `{apiVersion: dorgu.io/v1, kind: ApplicationPersona, metadata: {name: ${name}}, spec: ${spec}}`;

    it('leaves alone a persona that was not imported, until it is forced', async () => {
      const namespace = await cluster.createNamespace();
      await apply(namespace, deployment('shop') + persona('shop', '{name: shop, type: web, tier: critical}'));
      const { code, stdout, stderr } = await run(['-n', namespace, '--apply']);
      expect({ code, stdout }).to.deep.equal({ code: 0, stdout: '' });
      expect(stderr).to.include(
        'left alone: Deployment/shop: persona shop is there already, and was not imported',
      );
      expect((await personasIn(namespace)).items[0]!.spec).to.include({ type: 'web', tier: 'critical' });
      const forced = await run(['Deployment/shop', '-n', namespace, '--apply', '--force-conflicts']);
      expect(forced.stdout).to.equal(`${personaKind}/shop configured\n`);
      expect((await personasIn(namespace)).items[0]!.spec).to.include({ type: 'worker', tier: 'critical' });
    });

    it('leaves alone a workload that another persona claims', async () => {
      const namespace = await cluster.createNamespace();
      await apply(namespace, deployment('release-shop', 'shop') + persona('mine', '{name: shop, type: api}'));
      const { stdout, stderr } = await run(['-n', namespace, '--apply']);
      expect(stdout).to.equal('');
      expect(stderr).to.include('left alone: Deployment/release-shop: persona mine claims it already');
    });

    it('leaves alone fields that somebody changed since, and names both', async () => {
      const namespace = await cluster.createNamespace();
      await apply(namespace, deployment('shop'));
      await run(['-n', namespace, '--apply']);
      await cluster.expectKubectl([
        ...['patch', 'persona/shop', '-n', namespace, '--field-manager=ann', '--type=merge'],
        ...['-p', '{"spec":{"type":"api"}}'],
      ]);
      const { code, stdout, stderr } = await run(['-n', namespace, '--apply']);
      expect({ code, stdout }).to.deep.equal({ code: 0, stdout: '' });
      expect(stderr).to.include(
        `${personaKind}/shop left alone: ann owns .spec.type; --force-conflicts takes them`,
      );
      const forced = await run(['-n', namespace, '--apply', '--force-conflicts']);
      expect(forced.stdout).to.equal(`${personaKind}/shop configured\n`);
    });

    it('writes nothing in a dry run', async () => {
      const namespace = await cluster.createNamespace();
      await apply(namespace, deployment('shop'));
      const { stdout } = await run(['-n', namespace, '--apply', '--dry-run=server']);
      expect(stdout).to.equal(`${personaKind}/shop created (server dry run)\n`);
      expect((await personasIn(namespace)).items).to.deep.equal([]);
    });

    it('says that nothing is there', async () => {
      const namespace = await cluster.createNamespace();
      const { code, stdout, stderr } = await run(['-n', namespace, '-o', 'json']);
      expect(code).to.equal(0);
      expect((JSON.parse(stdout) as { items: unknown[] }).items).to.deep.equal([]);
      expect(stderr).to.equal(`No workloads found in ${namespace} namespace.\n`);
    });

    it('tells of errors that no persona answers for', async () => {
      const namespace = await cluster.createNamespace();
      await apply(
        namespace,
        deployment('shop').replace('image:', 'env: [{ name: DB_PASSWORD, value: example-only }], image:'),
      );
      const { code, stderr } = await run(['-n', namespace]);
      expect(code).to.equal(0);
      expect(stderr).to.match(/^error of its own: Deployment\/shop: secrets\/env: .*DB_PASSWORD/m);
      expect(stderr).not.to.include('example-only');
    });
  });

  it('leaves out what the user may not read, and says so', async () => {
    const namespace = await cluster.createNamespace();
    await apply(namespace, variedWorkloads);
    await apply(
      namespace,
      `
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader }
rules: [{ apiGroups: [apps], resources: [deployments, statefulsets, daemonsets], verbs: [list] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: reader }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects: [{ apiGroup: rbac.authorization.k8s.io, kind: User, name: reader-of-${namespace} }]
`,
    );
    const user = `--as=reader-of-${namespace}`;
    const { code, stdout, stderr } = await run(['checkout', '-n', namespace, user]);
    expect(code).to.equal(0);
    expect(stderr).to.match(/^warning: horizontalpodautoscalers cannot be read: .*forbidden/m);
    expect(stdout).to.include('# Left out, scaling: autoscalers could not be read.');
    expect(parseAllDocuments(stdout)[0]!.getIn(['spec', 'scaling'])).to.equal(undefined);
    expect(await run(['-n', namespace, '--as=nobody-at-all'])).to.deep.include({ code: 4, stdout: '' });
  });
});
