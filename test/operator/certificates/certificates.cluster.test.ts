// Certificates on a real API server that calls a webhook with them: made by racing replicas, damaged, rotated under load.
import { expect } from 'chai';
import { readAuthority } from '../../../operator/certificates/authority.ts';
import { defaultLifetimes, isAlive } from '../../../operator/certificates/lifetimes.ts';
import { mintAuthority, mintLeaf } from '../../../operator/certificates/mint.ts';
import type { KubeObject } from '../../../src/kube/objects.ts';
import { createOperatorAccount, operatorNamespace } from '../../cluster/operator-account.ts';
import { waitUntil } from '../../cluster/wait-until.ts';
import { startOwnCluster, type OwnCluster } from '../../commands/cluster/own-cluster.ts';
import { toDeployment } from '../../commands/cluster/manifests.ts';
import { shakeHands, startLiveReplica, type LiveOptions, type LiveReplica } from './live-replica.ts';
import { dayMs, readBundle } from './world.ts';

const paths = {
  secret: `/api/v1/namespaces/${operatorNamespace}/secrets/dorgu-ca`,
  configMap: `/api/v1/namespaces/${operatorNamespace}/configmaps/dorgu-ca`,
  configuration:
    '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/dorgu-validating-webhook',
} as const;

type Data = Record<string, string>;
interface Configuration extends KubeObject {
  webhooks: { name: string; clientConfig: { caBundle?: string } }[];
}

describe('certificates on a real API server', function () {
  this.timeout(90_000);
  let cluster: OwnCluster;
  let kubeconfig = '';
  const running: LiveReplica[] = [];
  before(async () => {
    const started = await startOwnCluster();
    if (started === undefined) return;
    cluster = started;
    kubeconfig = await createOperatorAccount(cluster.plane.kubectl, cluster.plane.folder);
    const service = { type: 'ExternalName', externalName: 'localhost' };
    const metadata = { name: 'dorgu-webhook', namespace: operatorNamespace };
    await cluster.kubectl(['create', '-f', '-'], {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: service,
    });
  });
  beforeEach(function () {
    if ((cluster as OwnCluster | undefined) === undefined) this.skip();
  });
  afterEach(async () => {
    for (const replica of running.splice(0)) await replica.stop();
    for (const path of Object.values(paths)) await remove(path);
  });
  after(() => (cluster as OwnCluster | undefined)?.stop());

  const get = async <T extends KubeObject = KubeObject>(path: string): Promise<T | undefined> => {
    try {
      return (await cluster.client.request<T>({ method: 'GET', path })).body;
    } catch {
      return undefined;
    }
  };
  const remove = async (path: string) => {
    if ((await get(path)) !== undefined) await cluster.client.request({ method: 'DELETE', path });
  };
  const start = async (options: Partial<LiveOptions> = {}) => {
    const replica = await startLiveReplica({ kubeconfig, ...options });
    running.push(replica);
    return replica;
  };
  const readSecret = async () => ((await get(paths.secret))?.['data'] ?? {}) as Data;
  const readConfigMap = async () =>
    ((await get(paths.configMap))?.['data'] as Data | undefined)?.['ca.crt'] ?? '';
  const readCaBundles = async () =>
    ((await get<Configuration>(paths.configuration))?.webhooks ?? []).map(({ clientConfig }) =>
      decode(clientConfig.caBundle ?? ''),
    );

  /** Whose webhooks this replica answers; fails where it cannot be called. */
  const install = async ({ port }: LiveReplica, caBundle?: string) => {
    const service = { name: 'dorgu-webhook', namespace: operatorNamespace, path: '/', port };
    const rules = [
      { apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['deployments'] },
    ];
    const shared = { admissionReviewVersions: ['v1'], sideEffects: 'None', failurePolicy: 'Fail', rules };
    const clientConfig = { service, ...(caBundle === undefined ? {} : { caBundle }) };
    const webhooks = ['one.dorgu.io', 'two.dorgu.io'].map((name) => ({ name, ...shared, clientConfig }));
    const kind = 'ValidatingWebhookConfiguration';
    const metadata = { name: 'dorgu-validating-webhook' };
    const object = { apiVersion: 'admissionregistration.k8s.io/v1', kind, metadata, webhooks };
    await cluster.kubectl(['apply', '--server-side', '--force-conflicts', '-f', '-'], object);
  };
  /** A Deployment is admitted by the webhooks, each of which has to be called. */
  const admit = async () => {
    await cluster.client.request({
      method: 'POST',
      path: '/apis/apps/v1/namespaces/default/deployments',
      query: { dryRun: 'All' },
      body: toDeployment('web', 'registry.example.com/web:1', 'default'),
    });
  };
  const isAdmitted = () =>
    admit().then(
      () => true as const,
      () => undefined,
    );
  /** Everybody who reads a bundle trusts every replica, and the API server calls. */
  const isHealthy = async (): Promise<true | undefined> => {
    const secret = await readSecret();
    const [cert = '', key = ''] = ['tls.crt', 'tls.key'].map((name) => decode(secret[name] ?? ''));
    const ca = readAuthority(cert, key);
    if ('unusable' in ca || !isAlive(ca, Date.now())) return undefined;
    const bundles = [await readConfigMap(), ...(await readCaBundles())];
    for (const bundle of bundles) {
      if (readBundle(bundle)[0]?.fingerprint256 !== ca.fingerprint) return undefined;
      for (const { port } of running) if ((await shakeHands(port, bundle)) !== undefined) return undefined;
    }
    return isAdmitted();
  };
  const untilHealthy = () => waitUntil('certificates that are trusted', isHealthy, { timeoutMs: 15_000 });

  it('are made by replicas that race from nothing: one CA, trusted by all, and nothing but caBundle is changed (E9)', async () => {
    const [first] = await Promise.all([start(), start(), start()]);
    await install(first);
    const before = await get<Configuration>(paths.configuration);
    await untilHealthy();
    expect(first.asked()).to.be.at.least(2);
    const after = (await get<Configuration>(paths.configuration))!;
    for (const { clientConfig } of after.webhooks) delete clientConfig.caBundle;
    const { managedFields = [], name, labels, annotations } = after.metadata;
    const marks = ({ metadata }: Configuration) => [metadata.labels, metadata.annotations];
    expect([labels, annotations]).to.deep.equal(marks(before!));
    expect(after.webhooks).to.deep.equal(before!.webhooks.map(withoutBundle));
    const owned = managedFields.filter(({ manager }) => manager === 'dorgu-operator');
    const caBundle = { 'f:clientConfig': { 'f:caBundle': {} } };
    expect(owned.map(({ fieldsV1 }) => fieldsV1)).to.deep.equal([
      { 'f:webhooks': { 'k:{"name":"one.dorgu.io"}': caBundle, 'k:{"name":"two.dorgu.io"}': caBundle } },
    ]);
    const said = running.flatMap(({ logger }) => logger.lines.filter(({ level }) => level !== 'info'));
    // A machine that is busy may take its time to read.
    expect(said.filter(({ fields }) => !String(fields['reason']).includes('not read yet'))).to.deep.equal([]);
    // Whoever installs by server-side apply may take a webhook away again.
    const webhooks = after.webhooks.slice(0, 1);
    const { apiVersion, kind } = after;
    const smaller = { apiVersion, kind, metadata: { name }, webhooks };
    await cluster.kubectl(['apply', '--server-side', '-f', '-'], smaller);
    expect((await get<Configuration>(paths.configuration))?.webhooks).to.have.length(1);
  });

  it('are mended within 15 s, whatever happens to them (E9)', async () => {
    const [first] = await Promise.all([start(), start()]);
    await install(first);
    await untilHealthy();
    const now = Date.now();
    const foreign = await mintAuthority('foreign', { notBefore: now, notAfter: now + dayMs });
    const expired = await mintAuthority('old', { notBefore: now - 2 * dayMs, notAfter: now - dayMs });
    const early = await mintAuthority('early', { notBefore: now + dayMs, notAfter: now + 300 * dayMs });
    const leaf = await mintLeaf({
      commonName: 'x',
      dnsNames: ['x'],
      validity: { notBefore: now, notAfter: now + dayMs },
    });
    const merge = (path: string, body: object) =>
      cluster.client.request({ method: 'PATCH', path, contentType: 'application/merge-patch+json', body });
    const putSecret = (cert: string, key: string) =>
      merge(paths.secret, { stringData: { 'tls.crt': cert, 'tls.key': key } });
    const damages: Record<string, () => Promise<unknown>> = {
      'the Secret deleted': () => remove(paths.secret),
      'the Secret garbage': () => putSecret('garbage', 'garbage'),
      'the Secret with a foreign key': async () => {
        const cert = decode((await readSecret())['tls.crt'] ?? '');
        await putSecret(cert, foreign.key);
      },
      'the CA expired': () => putSecret(expired.cert, expired.key),
      'the CA not valid yet': () => putSecret(early.cert, early.key),
      'the CA none': () => putSecret(leaf.cert, leaf.key),
      'caBundle emptied': () => install(first, ''),
      'caBundle that of another': () => install(first, Buffer.from(foreign.cert).toString('base64')),
      'the ConfigMap deleted': () => remove(paths.configMap),
      'the ConfigMap garbage': () => merge(paths.configMap, { data: { 'ca.crt': 'garbage' } }),
      'everything deleted, and installed anew': async () => {
        for (const path of Object.values(paths)) await remove(path);
        await install(first);
      },
    };
    for (const [what, damage] of Object.entries(damages)) {
      await damage();
      await untilHealthy().catch((error: unknown) => {
        throw new Error(`${what} is not mended`, { cause: error });
      });
    }
    const made = running.flatMap(({ logger }) =>
      logger.lines.filter(({ message }) => message === 'A new CA was made'),
    );
    expect(made.length).to.be.within(7, 12);
    const problems = running.flatMap(({ logger }) => logger.lines.filter(({ level }) => level === 'error'));
    expect(problems).to.deep.equal([]);
  });

  it('that cannot be kept are told as an Event on the pod, once, and so is that they are kept again', async () => {
    const metadata = { name: 'dorgu-operator-1', namespace: operatorNamespace };
    const serviceAccountName = 'dorgu-operator';
    const spec = {
      serviceAccountName,
      containers: [{ name: 'operator', image: 'registry.example.com/dorgu-operator:1' }],
    };
    const name = metadata.name;
    await cluster.kubectl(['create', '-f', '-'], { apiVersion: 'v1', kind: 'Pod', metadata, spec });
    const { uid = '' } = (await get(`/api/v1/namespaces/${operatorNamespace}/pods/${name}`))?.metadata ?? {};
    // Nobody may change it, so that nobody can mend it.
    const secret = { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls', immutable: true };
    const data = { 'tls.crt': '', 'tls.key': '' };
    const ca = { ...secret, metadata: { name: 'dorgu-ca', namespace: operatorNamespace }, data };
    await cluster.kubectl(['create', '-f', '-'], ca);
    await start({ pod: { apiVersion: 'v1', kind: 'Pod', ...metadata, uid } });
    const describe = async () => {
      const stdout = await cluster.kubectl(['describe', 'pod', name, '-n', operatorNamespace]);
      return stdout.slice(stdout.indexOf('Events:'));
    };
    const untilTold = (words: string) =>
      waitUntil(words, async () => ((await describe()).includes(words) ? true : undefined), {
        timeoutMs: 20_000,
      });
    await untilTold('CertificatesFailing');
    expect(await describe()).to.match(/Warning +CertificatesFailing +.* dorgu-operator +certificates cannot be kept: secrets "dorgu-ca": .*immutable/); // prettier-ignore
    await remove(paths.secret);
    await untilTold('CertificatesKept');
    const lines = (await describe()).split('\n').filter((line) => /Certificates(Failing|Kept)/.test(line));
    expect(lines).to.have.length(2);
  });

  it('are rotated a hundred times, the CA twice, without one failed call (E9)', async () => {
    // Years pass in seconds: certificates begin so early that they are of this time as well.
    const lifetimes = { ...defaultLifetimes, backdateMs: 730 * dayMs, settleMs: 400 };
    let passedMs = 0;
    const now = () => Date.now() + passedMs;
    const first = await start({ lifetimes, now });
    await start({ lifetimes, now });
    await install(first);
    await untilHealthy();
    const failures: unknown[] = [];
    const counts = { admissions: 0, handshakes: 0 };
    let isOver = false;
    const load = [
      ...Array.from({ length: 2 }, async () => {
        while (!isOver) {
          await admit().catch((error: unknown) => failures.push(error));
          counts.admissions += 1;
        }
      }),
      ...running.map(async ({ port }) => {
        while (!isOver) {
          const failure = await shakeHands(port, await readConfigMap());
          if (failure !== undefined) failures.push(failure);
          counts.handshakes += 1;
        }
      }),
    ];
    const cas = new Set<string>();
    for (let turn = 1; turn <= 100; turn += 1) {
      const before = running.map(({ served }) => served.length);
      const { admissions, handshakes } = counts;
      passedMs += 5 * dayMs;
      await waitUntil(
        `rotation ${turn}`,
        () => (running.every(({ served }, index) => served.length > before[index]!) ? true : undefined),
        { timeoutMs: 15_000, intervalMs: 5 },
      );
      // Somebody has called since.
      await waitUntil(
        'calls',
        () => (counts.admissions > admissions + 1 && counts.handshakes > handshakes + 1 ? true : undefined),
        { timeoutMs: 15_000, intervalMs: 2 },
      );
      cas.add((await readSecret())['tls.crt'] ?? '');
    }
    isOver = true;
    await Promise.all(load);
    expect(failures).to.deep.equal([]);
    expect(cas.size).to.equal(3);
    expect(first.asked()).to.be.at.least(400);
    expect(await isAdmitted()).to.equal(true);
  });

  it('are those of replicas whose clocks are ten minutes off, either way', async () => {
    const off = (minutes: number) => ({ now: () => Date.now() + minutes * 60_000 });
    const [first] = await Promise.all([start(off(-10)), start(off(10))]);
    await install(first);
    await untilHealthy();
    for (const { served } of running) expect(served).to.have.length(1);
  });
});

function withoutBundle({ clientConfig, ...webhook }: Configuration['webhooks'][number]) {
  const { caBundle: _, ...rest } = clientConfig;
  return { ...webhook, clientConfig: rest };
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString();
}
