// `kubectl apply -k config/default` on a real control plane, and the operator with exactly what it gives it: every flow, every component, removal.
import { expect } from 'chai';
import { join } from 'node:path';
import { isClusterRequired } from '../cluster/connection.ts';
import { startControlPlane, type ControlPlane } from '../cluster/control-plane.ts';
import { kubectlOrThrow, runKubectl, type KubectlOptions } from '../cluster/kubectl.ts';
import { findPrograms } from '../cluster/programs.ts';
import { configFolder, operatorComponents, writeOverlay } from './bundle.ts';
import { formatDeployment, persona } from './forbidden-deployment.ts';
import { listDifferences, takeInventory, type Inventory } from './inventory.ts';
import { leadWebhookTo } from './lead-webhook.ts';
import { listMetrics, listQueries } from './shown-metrics.ts';
import { startInstalledOperator, type InstalledOperator } from './installed-operator.ts';
import { formatForeignKinds } from './foreign-kinds.ts';

const bundle = join(configFolder, 'default');
const namespace = 'dorgu-system';

/** kubectl says `configured` of every PodDisruptionBudget with a selector, also where nothing changes. */
const isChange = (line: string) =>
  !line.endsWith(' unchanged') && !/^poddisruptionbudget\..* configured$/.test(line);

describe('an installation', function () {
  this.timeout(120_000);
  let plane: ControlPlane;
  let operator: InstalledOperator | undefined;
  let atFirst: Inventory;

  before(async function () {
    this.timeout(35 * 60 * 1000);
    const search = await findPrograms({ environment: process.env, report: () => undefined });
    const missing = 'missing' in search ? search.missing : undefined;
    if (missing !== undefined && isClusterRequired(process.env)) throw new Error(missing);
    if ('missing' in search || search.programs.workloads === undefined) this.skip();
    plane = await startControlPlane({ programs: search.programs, nodes: 2 });
    await expectKubectl(['create', 'namespace', 'shop']);
    await expectKubectl(['create', '-f', '-'], { input: formatForeignKinds() });
    await expectKubectl(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=30s']);
    atFirst = await takeInventory(plane.kubectl);
  });
  after(async () => {
    await operator?.stop();
    await (plane as ControlPlane | undefined)?.stop();
  });

  afterEach(function () {
    if (this.currentTest?.state === 'failed') console.error(operator?.lastLines());
  });
  const expectKubectl = (args: readonly string[], options?: KubectlOptions) =>
    kubectlOrThrow(plane.kubectl, args, options);
  /** What it says, one line an object; a warning is a failure. */
  const apply = async (...args: string[]): Promise<string[]> => {
    const { code, stdout, stderr } = await runKubectl(plane.kubectl, ['apply', ...args]);
    expect({ code, stderr }, args.join(' ')).to.deep.equal({ code: 0, stderr: '' });
    return stdout.trim().split('\n');
  };
  const rollOut = () =>
    expectKubectl(['rollout', 'status', 'deployment/dorgu-operator', '-n', namespace, '--timeout=60s']);
  const readVersions = () =>
    expectKubectl([
      'get',
      '-k',
      bundle,
      '-o',
      'custom-columns=K:.kind,N:.metadata.name,V:.metadata.resourceVersion',
    ]);
  const read = async (...args: string[]): Promise<string> => (await expectKubectl(['get', ...args])).trim();

  it('is taken by a dry run of the server without a warning', async () => {
    // A dry run makes no namespace, and what goes into it is refused without.
    await apply('-k', join(configFolder, 'namespace'));
    const said = await apply('-k', bundle, '--dry-run=server');
    expect(said).to.have.length.greaterThan(15);
    for (const line of said) expect(line).to.match(/ (created|unchanged) \(server dry run\)$/);
  });

  it('is taken without a warning, and rolls out in a namespace where Pod Security is restricted', async () => {
    await apply('-k', bundle);
    await rollOut();
    const labels = await read('namespace', namespace, '-o', 'jsonpath={.metadata.labels}');
    expect(JSON.parse(labels)).to.include({ 'pod-security.kubernetes.io/enforce': 'restricted' });
    const owners = await read(
      'pods',
      '-n',
      namespace,
      '-o',
      'jsonpath={.items[*].metadata.ownerReferences[0].kind}',
    );
    expect(owners).to.equal('ReplicaSet ReplicaSet');
    const nodes = await read('pods', '-n', namespace, '-o', 'jsonpath={.items[*].spec.nodeName}');
    expect(new Set(nodes.split(' ')).size, nodes).to.equal(2);
    const events = await read(
      'events',
      '-n',
      namespace,
      '--field-selector=reason=FailedCreate',
      '-o',
      'name',
    );
    expect(events).to.equal('');
  });

  it('changes nothing when it is applied again, on either side', async () => {
    const before = await readVersions();
    expect((await apply('-k', bundle)).filter(isChange)).to.deep.equal([]);
    expect(await readVersions()).to.equal(before);
    await apply('--server-side', '-k', bundle);
    const after = await readVersions();
    await apply('--server-side', '-k', bundle);
    expect(await readVersions()).to.equal(after);
  });

  it('lets those who edit or view a namespace do so with its personas, and no more', async () => {
    for (const role of ['edit', 'view'])
      await expectKubectl([
        'create',
        'rolebinding',
        role,
        `--clusterrole=${role}`,
        `--user=${role}`,
        '-n',
        'shop',
      ]);
    const may = async (user: string, ...what: string[]) =>
      (
        await runKubectl(plane.kubectl, ['auth', 'can-i', ...what, '-n', 'shop', `--as=${user}`])
      ).stdout.trim();
    const personas = 'applicationpersonas.dorgu.io';
    const answers = await Promise.all([
      may('edit', 'create', personas),
      may('edit', 'delete', personas),
      may('view', 'list', personas),
      may('edit', 'patch', personas, '--subresource=status'),
      may('view', 'create', personas),
      may('edit', 'update', 'clusterpersonas.dorgu.io'),
    ]);
    expect(answers).to.deep.equal(['yes', 'yes', 'yes', 'no', 'no', 'no']);
  });

  it('gives the operator what it needs: personas are judged with the account, flags and variables of its container', async () => {
    operator = await startInstalledOperator(plane);
    await operator.ready();
    await apply('-k', join(configFolder, 'samples'));
    await apply('-f', join(configFolder, 'samples/cluster-persona.yaml'));
    const personas = ['-n', 'dorgu-samples', 'personas', '--all', '--timeout=60s'];
    await expectKubectl(['wait', '--for=condition=Validated', ...personas]);
    await expectKubectl(['wait', '--for=condition=Ready', ...personas]);
    await expectKubectl(['wait', '--for=condition=Ready', 'clusterpersona/staging-eu', '--timeout=60s']);
    const path = '{range .items[*]}{.metadata.name} {.status.phase}{.status.validation.issues},{end}';
    expect(await read('-n', 'dorgu-samples', 'personas', '-o', `jsonpath=${path}`)).to.equal(
      'mailer Active,nightly-report Active,storefront Active,',
    );
    const holder = ['lease', 'dorgu-operator', '-n', namespace, '-o', 'jsonpath={.spec.holderIdentity}'];
    expect(await read(...holder)).to.not.equal('');
  });

  it('lets the API server ask it, through the Service and with the CA that the operator keeps', async () => {
    await leadWebhookTo((await operator?.port('webhook')) ?? 0, plane);
    await expectKubectl(['create', '-f', '-'], { input: persona });
    expect(await createRoot('warned')).to.match(/^Warning: web: .*runAsNonRoot/m);
    expect(operator?.complaints()).to.deep.equal([]);
  });

  it('shows every metric that alerts and the dashboard read', async () => {
    const text = (await operator?.scrape()) ?? '';
    const server = await expectKubectl(['get', '--raw', '/metrics']);
    const shown = new Set([...`${text}${server}`.matchAll(/^# HELP (\S+)/gm)].map(([, name]) => name));
    // Counted by the API server once there is something to count, and by Prometheus.
    const others = ['apiserver_admission_webhook_fail_open_count', 'up'];
    const unknown = listQueries()
      .flatMap(listMetrics)
      .filter((name) => !shown.has(name) && !others.includes(name));
    expect([...new Set(unknown)]).to.deep.equal([]);
  });

  it('takes each component as one line more', async () => {
    for (const component of operatorComponents) {
      const said = await apply('-k', await writeOverlay(join(plane.folder, component), [component]));
      expect(said.some(isChange), component).to.equal(true);
    }
  });

  it('denies where it is told to, by one line more', async () => {
    await operator?.stop();
    await apply('-k', join(plane.folder, 'webhook-enforcing'));
    operator = await startInstalledOperator(plane);
    await operator.ready();
    await leadWebhookTo(await operator.port('webhook'), plane);
    expect(await createRoot('denied')).to.match(
      /admission webhook "workloads\.dorgu\.io" denied the request: /,
    );
  });

  it('stands in nobody’s way when the operator is gone, unless it is told to', async () => {
    await operator?.stop();
    expect(await createRoot('unasked')).to.equal('');
    expect(await expectKubectl(['get', '--raw', '/metrics'])).to.match(
      /^apiserver_admission_webhook_fail_open_count\{name="workloads\.dorgu\.io",type="validating"\} [1-9]/m,
    );
    await apply('-k', join(plane.folder, 'webhook-fail-closed'));
    await leadWebhookTo((await operator?.port('webhook')) ?? 0, plane);
    expect(await createRoot('refused')).to.match(/failed calling webhook "workloads\.dorgu\.io"/);
    for (const exempt of ['kube-system', namespace]) {
      const args = ['create', 'deployment', 'exempt', '--image=registry.example.com/x:1', '-n', exempt];
      await expectKubectl([...args, '--dry-run=server']);
    }
    await rollOut();
    const quota = ['resourcequota', 'dorgu-operator', '-n', namespace, '-o', 'jsonpath={.status.used.pods}'];
    expect(await read(...quota)).to.equal('2');
  });

  it('is removed without the kinds, and personas stay', async () => {
    const selected = [
      '-k',
      join(plane.folder, 'webhook-fail-closed'),
      '-l',
      'app.kubernetes.io/name=dorgu-operator',
    ];
    await expectKubectl(['delete', ...selected, '--timeout=60s'], { timeoutMs: 90_000 });
    const names = ['--sort-by=.metadata.name', '-o', 'jsonpath={.items[*].metadata.name}'];
    expect(await read('personas', '-A', ...names)).to.equal('mailer nightly-report storefront web');
    expect(await createRoot('unjudged')).to.equal('');
  });

  it('goes without a trace, put there by the server’s side and with every component', async () => {
    const all = operatorComponents.filter((name) => !name.startsWith('no-') && name !== 'single-replica');
    const overlay = await writeOverlay(join(plane.folder, 'all'), all);
    await apply('--server-side', '-k', overlay);
    await rollOut();
    operator = await startInstalledOperator(plane);
    await operator.said('Leading begins');
    await expectKubectl(['delete', '-k', join(configFolder, 'samples'), '--timeout=60s']);
    await expectKubectl(['delete', '-k', overlay, '--timeout=60s'], { timeoutMs: 90_000 });
    await operator.stop();
    expect(await createRoot('after')).to.equal('');
    await expectKubectl([
      'delete',
      'deployments',
      '--all',
      '-n',
      'shop',
      '--cascade=foreground',
      '--timeout=60s',
    ]);
    await expectKubectl(['delete', 'clusterrolebinding', 'prometheus']);
    await expectKubectl(['delete', 'rolebinding', 'edit', 'view', '-n', 'shop']);
    expect(await listDifferences(plane.kubectl, atFirst)).to.deep.equal([]);
  });

  /** What kubectl says on stderr to the creation of a Deployment that persona web forbids. */
  async function createRoot(name: string): Promise<string> {
    const { stderr } = await runKubectl(plane.kubectl, ['create', '-f', '-'], {
      input: formatDeployment(name),
    });
    return stderr;
  }
});
