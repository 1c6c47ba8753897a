// That every kustomization of config/ is built by the real kubectl, to the same bytes each time, and holds what it is for.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { stringify } from 'yaml';
import { parseOptions } from '../../operator/options.ts';
import { optionTable, variableOf } from '../../operator/options/table.ts';
import {
  configFolder,
  findKubectl,
  nameOf,
  operatorComponents,
  parseManifests,
  writeOverlay,
  type Manifest,
} from './bundle.ts';
import { findOperator, readVariables } from './operator-container.ts';

const run = promisify(execFile);
const variables = new Set(Object.values(optionTable).map(variableOf));

describe('the kustomizations', function () {
  this.timeout(60_000);
  let kubectl: string;
  let folder: string;
  before(async function () {
    this.timeout(35 * 60 * 1000);
    const found = await findKubectl();
    if (found === undefined) this.skip();
    kubectl = found;
    folder = await mkdtemp(join(tmpdir(), 'dorgu-config-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const build = async (path: string): Promise<string> => {
    const { stdout, stderr } = await run(kubectl, ['kustomize', path], { maxBuffer: 1 << 24 });
    expect(stderr, path).to.equal('');
    return stdout;
  };
  const buildWith = async (...components: string[]): Promise<Manifest[]> =>
    parseManifests(await build(await writeOverlay(join(folder, components.join('+')), components)));
  const optionsOf = (manifests: readonly Manifest[]) => {
    const { container } = findOperator(manifests);
    const given = readVariables(container, 'dorgu-system');
    expect(
      Object.keys(given).filter((name) => name.startsWith('DORGU_') && !variables.has(name)),
    ).to.deep.equal([]);
    const invocation = parseOptions(container.args ?? [], given);
    if (invocation.kind !== 'run') throw new Error(`expected a run, found ${invocation.kind}`);
    return invocation.options;
  };
  const webhookOf = (manifests: readonly Manifest[]) =>
    manifests.find(({ kind }) => kind === 'ValidatingWebhookConfiguration') as
      (Manifest & { webhooks: { failurePolicy: string; timeoutSeconds: number }[] }) | undefined;

  it('are all known to these tests', async () => {
    expect(await readdir(join(configFolder, 'components'))).to.have.members([
      ...operatorComponents,
      'argocd-health',
    ]);
  });

  it('hold what an installation is made of, and what is judged last comes last', async () => {
    const manifests = parseManifests(await build(join(configFolder, 'default')));
    expect(manifests.map(nameOf)).to.deep.equal([
      'Namespace dorgu-system',
      'CustomResourceDefinition applicationpersonas.dorgu.io',
      'CustomResourceDefinition clusterpersonas.dorgu.io',
      ...manifests.map(nameOf).filter((name) => /^(ServiceAccount|(Cluster)?Role(Binding)?) /.test(name)),
      'Service dorgu-system/dorgu-metrics',
      'Service dorgu-system/dorgu-stream',
      'Service dorgu-system/dorgu-webhook',
      'Deployment dorgu-system/dorgu-operator',
      'PodDisruptionBudget dorgu-system/dorgu-operator',
      'NetworkPolicy dorgu-system/dorgu-operator',
      'NetworkPolicy dorgu-system/dorgu-stream',
      'NetworkPolicy dorgu-system/dorgu-webhook',
      'ValidatingWebhookConfiguration dorgu-validating-webhook',
    ]);
    expect(optionsOf(manifests)).to.include({
      isLeaderElected: true,
      isWebhookEnabled: true,
      webhookMode: 'advisory',
      isWebsocketEnabled: true,
    });
    // Nobody waits for an operator that is not there, and nobody for long.
    expect(webhookOf(manifests)?.webhooks).to.have.length(1);
    expect(webhookOf(manifests)?.webhooks[0]).to.include({ failurePolicy: 'Ignore', timeoutSeconds: 3 });
  });

  it('carry a label by which all but the kinds themselves can be removed', async () => {
    const manifests = await buildWith(...operatorComponents.filter((name) => !name.startsWith('no-')));
    const unlabelled = manifests.filter(
      ({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] !== 'dorgu-operator',
    );
    expect(unlabelled.map(({ kind }) => kind)).to.deep.equal([
      'CustomResourceDefinition',
      'CustomResourceDefinition',
    ]);
  });

  const effects: Record<(typeof operatorComponents)[number], (manifests: Manifest[]) => void> = {
    'webhook-enforcing': (manifests) => {
      expect(optionsOf(manifests).webhookMode).to.equal('enforcing');
    },
    'webhook-fail-closed': (manifests) => {
      expect(webhookOf(manifests)?.webhooks[0]?.failurePolicy).to.equal('Fail');
      expect(findOperator(manifests).deployment.spec.template.spec.priorityClassName).to.equal(
        'system-cluster-critical',
      );
    },
    'cert-manager': (manifests) => {
      const { container } = findOperator(manifests);
      expect(container.volumeMounts?.map(({ mountPath }) => mountPath)).to.deep.equal([
        optionsOf(manifests).webhookCertPath,
      ]);
    },
    prometheus: (manifests) => {
      expect(optionsOf(manifests).prometheusUrl).to.equal('http://prometheus-operated.monitoring.svc:9090');
    },
    monitoring: (manifests) => {
      expect(manifests.map(({ kind }) => kind)).to.include.members([
        'ServiceMonitor',
        'PrometheusRule',
        'ConfigMap',
      ]);
    },
    'no-webhook': (manifests) => {
      expect(manifests.map(nameOf).filter((name) => name.includes('webhook'))).to.deep.equal([]);
      expect(findOperator(manifests).container.ports?.map(({ name }) => name)).to.not.include('webhook');
      expect(optionsOf(manifests).isWebhookEnabled).to.equal(false);
    },
    'no-websocket': (manifests) => {
      expect(manifests.map(nameOf).filter((name) => name.includes('stream'))).to.deep.equal([]);
      expect(findOperator(manifests).container.ports?.map(({ name }) => name)).to.not.include('stream');
      expect(optionsOf(manifests).isWebsocketEnabled).to.equal(false);
    },
    'single-replica': (manifests) => {
      expect(findOperator(manifests).deployment.spec.replicas).to.equal(1);
      expect(manifests.map(({ kind }) => kind)).to.not.include('PodDisruptionBudget');
    },
  };
  for (const [component, expectEffect] of Object.entries(effects))
    it(`do what they say in an overlay: ${component}`, async () => {
      expectEffect(await buildWith(component));
    });

  it('go together in any order, and are the same bytes each time', async () => {
    const together = operatorComponents.filter(
      (name) => name !== 'no-webhook' && name !== 'webhook-enforcing',
    );
    const texts = await Promise.all(
      [together, together.toReversed()].map(async (components, index) =>
        build(await writeOverlay(join(folder, `order-${index}`), components)),
      ),
    );
    const sets = texts.map((text) => parseManifests(text).map(nameOf));
    expect(sets[0]).to.deep.equal(sets[1]);
    for (const path of ['default', 'samples', 'crd', 'rbac'].map((name) => join(configFolder, name)))
      expect(await build(path)).to.equal(await build(path));
    expect(await build(join(folder, 'order-0'))).to.equal(texts[0]);
  });

  it('give Argo CD’s ConfigMap two health checks, and leave the rest of it alone', async () => {
    const path = join(folder, 'argocd');
    await mkdir(path);
    const metadata = { name: 'argocd-cm', namespace: 'argocd' };
    const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { url: 'https://argocd' } };
    await writeFile(join(path, 'argocd-cm.yaml'), stringify(configMap));
    const components = [relative(path, join(configFolder, 'components/argocd-health'))];
    await writeFile(
      join(path, 'kustomization.yaml'),
      stringify({ resources: ['argocd-cm.yaml'], components }),
    );
    const [built, ...others] = parseManifests(await build(path)) as (Manifest & { data: object })[];
    expect(others).to.deep.equal([]);
    expect(built?.metadata).to.deep.equal(metadata);
    const prefix = 'resource.customizations.health.dorgu.io_';
    expect(built?.data).to.have.all.keys('url', `${prefix}ApplicationPersona`, `${prefix}ClusterPersona`);
  });

  it('let an overlay set another URL of Prometheus, and another image', async () => {
    const env = [{ name: 'DORGU_PROMETHEUS_URL', value: 'https://prometheus.example.com' }];
    const containers = [{ name: 'operator', env }];
    const patch = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'dorgu-operator', namespace: 'dorgu-system' },
      spec: { template: { spec: { containers } } },
    };
    const overlay = await writeOverlay(join(folder, 'url'), ['prometheus'], {
      patches: [{ patch: JSON.stringify(patch) }],
      images: [
        { name: 'ghcr.io/dorgu-io/dorgu-operator', newName: 'registry.example.com/dorgu', newTag: 'v9' },
      ],
    });
    const manifests = parseManifests(await build(overlay));
    expect(optionsOf(manifests).prometheusUrl).to.equal('https://prometheus.example.com');
    expect(findOperator(manifests).container.image).to.equal('registry.example.com/dorgu:v9');
  });
});
