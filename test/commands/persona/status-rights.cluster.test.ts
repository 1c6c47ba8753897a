// `persona status` where the persona is not there, or not to be seen.
import { expect } from 'chai';
import { useCluster } from '../../cluster/use-cluster.ts';
import { runHere } from '../command-line.ts';
import { goodPodSpec, listOfObjects, persona, untouched, workload } from './cluster-objects.ts';
import { until, type Shown } from './status-session.ts';

describe('persona status, asked for what is not there', () => {
  const cluster = useCluster();
  let [here, there] = ['', ''];
  before('personas', async () => {
    [here, there] = [await cluster.createNamespace(), await cluster.createNamespace()];
    for (const [namespace, name] of [
      [here, 'shop'],
      [there, `unique-${there}`],
    ] as const)
      await cluster.expectKubectl(['apply', '-n', namespace, '-f', '-'], {
        input: listOfObjects(persona(name)),
      });
  });
  const run = (...argv: string[]) =>
    runHere(['persona', 'status', ...argv], { env: cluster.environment as Record<string, string> });

  it('offers the nearest name', async () => {
    const { code, stdout, stderr } = await run('shpo', '-n', here);
    expect({ code, stdout }).to.deep.equal({ code: 5, stdout: '' });
    expect(stderr)
      .to.contain(`error: persona "shpo" was not found in namespace "${here}"\n`)
      .and.contain('hint: did you mean shop?\n');
  });

  it('offers the namespace that has it', async () => {
    const { code, stderr } = await run(`unique-${there}`, '-n', here);
    expect(code).to.equal(5);
    expect(stderr).to.contain(`hint: there is one in namespace ${there}: -n ${there}\n`);
  });

  it('says so to programs, too', async () => {
    const { code, stdout } = await run('nothing-like-it', '-n', here, '-o', 'json');
    expect(code).to.equal(5);
    expect(JSON.parse(stdout)).to.have.nested.property('error.code', 'NotFound');
  });

  it('wants a name', async () => {
    const { code, stderr } = await run();
    expect(code).to.equal(2);
    expect(stderr).to.contain('kubectl dorgu persona list');
  });

  it('does not take another kind for a persona', async () => {
    expect((await run('deployment/shop')).code).to.equal(2);
  });
});

/** A ServiceAccount with a Role of the same name. */
const reader = (namespace: string, name: string, rules: object[]) => [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name }, rules },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace }],
  },
];

const allow = (apiGroup: string, ...kinds: string[]) => ({
  apiGroups: [apiGroup],
  resources: kinds,
  verbs: ['get', 'list'],
});

describe('persona status, with few rights', () => {
  const cluster = useCluster({ workloads: true });
  let namespace = '';
  before('readers', async () => {
    namespace = await cluster.createNamespace();
    const env = [{ name: 'URL', valueFrom: { secretKeyRef: { name: 'hidden', key: 'url' } } }];
    const personas = allow('dorgu.io', 'applicationpersonas');
    const workloads = allow('apps', 'deployments', 'replicasets', 'statefulsets', 'daemonsets');
    const input = listOfObjects(
      persona('shop', { tier: 'critical' }),
      workload('Deployment', 'shop', { replicas: 2, podSpec: untouched(goodPodSpec({ env })) }),
      ...reader(namespace, 'most', [
        personas,
        workloads,
        allow('batch', 'jobs', 'cronjobs'),
        allow('', 'pods', 'events', 'services'),
      ]),
      ...reader(namespace, 'personas', [personas]),
    );
    await cluster.expectKubectl(['apply', '-n', namespace, '-f', '-'], { input });
  });
  const runAs = (name: string, ...argv: string[]) =>
    runHere(
      [
        'persona',
        'status',
        'shop',
        '-n',
        namespace,
        '--as',
        `system:serviceaccount:${namespace}:${name}`,
        ...argv,
      ],
      { env: cluster.environment as Record<string, string> },
    );

  it('says what it could not see, and shows the rest', async () => {
    await until('the Deployment', async () => (await runAs('most')).stdout.includes('ReferenceUnseen'));
    const { code, stdout } = await runAs('most');
    expect(code).to.equal(0);
    expect(stdout).to.match(/^Workload {6}Deployment shop, 0 of 2 available/m);
    expect(stdout).to.match(/^Unseen {8}.*horizontalpodautoscalers.*: not yours to list$/m);
    expect(stdout).to.match(
      /^unseen {8}ReferenceUnseen {2}Secret hidden cannot be seen with your rights: container main reads URL from it$/m,
    );
  });

  it('does not miss what the cluster does not have', async () => {
    const { unseen } = JSON.parse((await runAs('most', '-o', 'json')).stdout) as Shown;
    const resources = unseen.map(({ resource }) => resource);
    expect(resources)
      .to.include('poddisruptionbudgets')
      .and.not.include.members(['rollouts', 'scaledobjects']);
  });

  it('finds no fault in what could not be looked for', async () => {
    expect((await runAs('most')).stdout).not.to.contain('availability/pdb');
  });

  it('does not say that there is no workload where workloads are not to be seen', async () => {
    const { code, stdout } = await runAs('personas');
    expect(code).to.equal(0);
    expect(stdout).to.match(/^Ready {9}Unknown: NoWorkload +no workload that you may see belongs to it$/m);
    expect(stdout).to.match(/^Unseen {8}deployments, /m);
  });

  it('is denied where the persona itself may not be seen', async () => {
    const { code, stderr } = await runAs('nobody');
    expect(code).to.equal(4);
    expect(stderr).to.contain('cannot get resource "applicationpersonas"');
  });
});
