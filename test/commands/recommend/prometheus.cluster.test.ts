// `recommend --prometheus-url`: a real Prometheus and a real API server, no operator and no persona.
import { expect } from 'chai';
import { useCluster } from '../../cluster/use-cluster.ts';
import { usePrometheus } from '../../prometheus/use-prometheus.ts';
import { runHere, type Outcome } from '../command-line.ts';
import { createPersona, runIn, toList, withCluster } from '../persona/persona-objects.ts';
import { toOwnerSeries, toUsageSeries, type Span } from './measured-use.ts';

const mebibyte = 2 ** 20;
const dayMs = 86_400_000;

/** A Deployment of which nothing has to run. */
function createDeployment(name: string, resources: object, replicas = 0) {
  const containers = [{ name, image: `ghcr.io/acme/${name}:1.0.0`, resources }];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: { team: name === 'shop' ? 'store' : 'cash' } },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers } },
    },
  };
}

interface Document {
  origin: string;
  items: {
    name: string;
    advice: { resource: string; setting: string; recommended?: string; p95: number; peak: number }[];
    replay: object;
  }[];
  silent: { object: string; reason: string }[];
}

describe('recommend --prometheus-url', function () {
  this.timeout(120_000);
  const cluster = useCluster();
  let namespace: string;
  let span: Span;
  before(async () => {
    namespace = await cluster.createNamespace();
    const nowMs = Date.now();
    span = { fromMs: nowMs - 2 * dayMs, toMs: nowMs };
    const large = { requests: { cpu: '1', memory: '2Gi' } };
    const objects = [
      createDeployment('shop', large),
      createDeployment('shop-gateway', large),
      createDeployment('quiet', { requests: { cpu: '50m', memory: '64Mi' } }),
      createDeployment('off', large),
      createPersona('off', { spec: { sizing: { mode: 'off' } } }),
    ];
    await cluster.expectKubectl(['apply', '-n', namespace, '-f', '-'], { input: toList(objects) });
  });
  const prometheus = usePrometheus(() => {
    const of = (name: string, cpu: number, memory: number) => {
      const pod = { namespace, pod: `${name}-5d4f8b7c9-x2k4q`, container: name };
      return [
        ...toUsageSeries({ ...pod, cpu: () => cpu, memory: () => memory * mebibyte }, span),
        ...toOwnerSeries(pod, { kind: 'Deployment', name, replicaSet: `${name}-5d4f8b7c9` }, span),
      ];
    };
    return [...of('shop', 200, 400), ...of('shop-gateway', 400, 800), ...of('off', 1, 1)];
  });
  const recommend = (...argv: string[]): Promise<Outcome> =>
    runIn(cluster, namespace, ['recommend', '--prometheus-url', prometheus().url, ...argv]);

  it('advises on workloads that nobody has described', async () => {
    const { code, stdout, stderr } = await recommend('-o', 'json');
    expect(code, stderr).to.equal(0);
    const { origin, items, silent } = JSON.parse(stdout) as Document;
    expect(origin).to.equal('prometheus');
    const requests = items.map(({ name, advice }) => [
      name,
      ...advice.filter(({ setting }) => setting === 'request').map(({ resource, recommended }) => `${resource} ${recommended}`), // prettier-ignore
    ]);
    expect(requests).to.have.deep.members([
      ['shop', 'cpu 230m', 'memory 464Mi'],
      ['shop-gateway', 'cpu 460m', 'memory 928Mi'],
    ]);
    expect(items[0]?.replay).to.deep.equal({ oomKills: 0, throttledShare: 0 });
    expect(silent.map(({ object, reason }) => `${object} ${reason}`)).to.have.members([
      'deployment/quiet NoSeries',
      'deployment/off SizingOff',
    ]);
  });

  it('shows people the table, the sums and the replay', async () => {
    const { code, stdout, stderr } = await recommend('deployment/shop');
    expect(code).to.equal(0);
    const [headings, row = ''] = stdout.split('\n');
    expect(headings).to.match(/^NAME +CONTAINER +RESOURCE +NOW +ADVICE +LAST 24 H +P95 +PEAK +CONFIDENCE$/);
    expect(row).to.match(
      /^shop +shop +cpu request +1 +230m +\S{11,12} +(19|20)\dm +20\dm +0\.2\d, (1 day|2 days)$/,
    );
    expect(stderr).to.match(/^Over 0 replicas: CPU 0 -> 0, memory 0 -> 0$/m);
    expect(stderr).to.match(/^Replayed over the window: no OOM kill, 0% throttled$/m);
  });

  it('says no where --fail-on says so, and keeps to labels', async () => {
    expect((await recommend('--fail-on', 'any', '-o', 'name')).code).to.equal(1);
    const { code, stdout } = await recommend('-l', 'team=store', '-o', 'name');
    expect({ code, stdout }).to.deep.equal({ code: 0, stdout: 'deployment.apps/shop\n' });
    expect((await recommend('quiet', '--fail-on', 'any')).code).to.equal(0);
  });

  it('advises nothing lower on the use of some hours', async () => {
    const { code, stdout, stderr } = await recommend('shop', '--window', '3h');
    expect(code).to.equal(0);
    expect(stdout).to.not.contain('230m');
    expect(stderr).to.match(/less than a day|no OOM kill/);
  });

  it('says what it may not see, and goes on with the rest', async () => {
    const user = `reader-of-${namespace}`;
    const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'reader' }, rules: [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['list'] }] }; // prettier-ignore
    const binding = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata: { name: 'reader' }, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' }, subjects: [{ kind: 'User', name: user }] }; // prettier-ignore
    await cluster.expectKubectl(['apply', '-n', namespace, '-f', '-'], { input: toList([role, binding]) });
    const { code, stdout, stderr } = await recommend('--as', user);
    expect(code, stderr).to.equal(0);
    expect(stdout).to.match(/^shop +shop +cpu request/m);
    expect(stderr).to.match(/^warning: pods cannot be read: .*forbidden/m);
    const nobody = await recommend('--as', 'nobody', '-o', 'json');
    expect(nobody.code).to.equal(4);
    expect(JSON.parse(nobody.stdout)).to.have.nested.property('error.code', 'Forbidden');
  });

  /** By what is wrong: the flags, the exit code, what is said. */
  const wrong: Readonly<Record<string, readonly [flags: string[], code: number, said: RegExp]>> = {
    'nothing listens there': [['--prometheus-url', 'http://127.0.0.1:1'], 7, /hint: .*--prometheus-service NAMESPACE\/NAME:PORT/], // prettier-ignore
    'it is no address': [['--prometheus-url', 'prometheus:9090'], 2, /expected the address of Prometheus/],
    'there is no such Service': [['--prometheus-service', 'default/prometheus:9090'], 5, /services "prometheus" not found/], // prettier-ignore
    'the place is none': [['--prometheus-service', 'prometheus'], 2, /expected NAMESPACE\/NAME:PORT/],
    'a password has no user': [['--prometheus-url', 'http://127.0.0.1:1', '--prometheus-password-file', 'x'], 2, /needs --prometheus-username/], // prettier-ignore
    'a window is too long': [
      ['--prometheus-url', 'http://127.0.0.1:1', '--window', '30d'],
      2,
      /from 30m to 8d/,
    ],
    'a flag has nothing to be about': [['--window', '1d'], 2, /--window goes together with --prometheus-url/],
    'a header has no value': [['--prometheus-url', 'http://127.0.0.1:1', '--prometheus-header', 'secret'], 2, /expected NAME=VALUE/], // prettier-ignore
  };
  for (const [what, [flags, code, said]] of Object.entries(wrong)) {
    it(`says so where ${what}`, async () => {
      const people = await runIn(cluster, namespace, ['recommend', ...flags]);
      expect(people.code, people.stderr).to.equal(code);
      expect(people.stderr).to.match(said);
      expect(people.stdout).to.equal('');
      const { stdout } = await runIn(cluster, namespace, ['recommend', ...flags, '-o', 'json']);
      expect(JSON.parse(stdout)).to.have.nested.property('error.code');
    });
  }

  it('takes no web page for an answer', async () => {
    const { code, stderr } = await runHere(
      ['recommend', '-n', namespace, '--prometheus-url', `${prometheus().url}/graph?x=`],
      withCluster(cluster),
    );
    expect(code).to.be.oneOf([7, 9]);
    expect(stderr).to.match(/^error: .*\/graph /m);
  });
});
