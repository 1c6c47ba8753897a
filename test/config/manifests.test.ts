// That config/ says what the code says: options, ports, names, the image, limits, metrics in alerts, and runbooks.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import { generateOperatorImage, toImage } from '../../bin/tasks/generate/operator-image.ts';
import { validateLabel } from '../../src/api/group-version.ts';
import { admissionKinds, unaskedNamespaces } from '../../src/rules/admission-scope.ts';
import { services } from '../../operator/create-certificate-source.ts';
import { optionTable } from '../../operator/options/table.ts';
import { configFolder, parseManifests, type Manifest } from './bundle.ts';
import { findOperator } from './operator-container.ts';
import { listAlerts, listMetrics } from './shown-metrics.ts';

const read = (path: string): string => readFileSync(join(configFolder, path), 'utf8');
const manifestsIn = (path: string): Manifest[] => parseManifests(read(path));
const docs = join(configFolder, '../docs');

describe('config/', () => {
  const { container } = findOperator(manifestsIn('manager/deployment.yaml'));

  it('takes the image’s name and tag from package.json', () => {
    const [file] = generateOperatorImage();
    expect(parse(read('manager/kustomization.yaml'))).to.deep.equal(parse(file?.text ?? ''));
    expect(toImage(manifest)).to.deep.equal({
      newName: 'ghcr.io/dorgu-io/dorgu-operator',
      newTag: `v${manifest.version}`,
    });
    expect(() => toImage({ version: '1.0.0', repository: { url: 'https://example.com/x.git' } })).to.throw(
      'expected a repository on github.com, found https://example.com/x.git',
    );
  });

  it('opens the ports that the options say', () => {
    const portOf = (address: string): number => Number(address.split(':').at(-1));
    expect(
      Object.fromEntries((container.ports ?? []).map(({ name, containerPort }) => [name, containerPort])),
    ).to.deep.equal({
      webhook: portOf(optionTable.webhookBindAddress.default),
      metrics: portOf(optionTable.metricsBindAddress.default),
      health: portOf(optionTable.healthProbeBindAddress.default),
    });
    const stream = parse(read('stream/deployment_patch.yaml')) as Manifest;
    expect(findOperator([stream]).container.ports).to.deep.equal([
      { name: 'stream', containerPort: portOf(optionTable.websocketBindAddress.default) },
    ]);
  });

  it('names Service and ValidatingWebhookConfiguration as the options do', () => {
    const [configuration] = manifestsIn('webhook/validating_webhook.yaml') as (Manifest & {
      webhooks: { clientConfig: { service: Record<string, unknown>; caBundle?: string } }[];
    })[];
    const [service] = manifestsIn('webhook/service.yaml') as (Manifest & {
      spec: { ports: { port: number }[] };
    })[];
    expect(configuration?.metadata.name).to.equal(optionTable.webhookConfiguration.default);
    expect(service?.metadata.name).to.equal(optionTable.webhookService.default);
    // Without caBundle: it is the operator's, and an apply that brought one would take it away.
    expect(configuration?.webhooks.map(({ clientConfig }) => clientConfig)).to.deep.equal([
      {
        service: {
          name: service?.metadata.name,
          namespace: service?.metadata.namespace,
          port: service?.spec.ports[0]?.port,
          path: '/validate-deployment',
        },
      },
    ]);
  });

  it('has the API server ask about the kinds and namespaces that the code calls asked about', () => {
    const [configuration] = manifestsIn('webhook/validating_webhook.yaml') as (Manifest & {
      webhooks: {
        namespaceSelector: { matchExpressions: object[] };
        rules: { operations: string[]; resources: string[] }[];
      }[];
    })[];
    const [webhook, ...others] = configuration?.webhooks ?? [];
    expect(others).to.deep.equal([]);
    expect(webhook?.namespaceSelector.matchExpressions).to.deep.equal([
      { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: unaskedNamespaces },
      { key: validateLabel, operator: 'NotIn', values: ['false'] },
    ]);
    const asked = (operation: string) =>
      webhook?.rules
        .filter(({ operations }) => operations.includes(operation))
        .flatMap(({ resources }) => resources);
    const kinds = [...admissionKinds].map((kind) => `${kind.toLowerCase()}s`);
    expect(asked('CREATE')).to.have.members(kinds);
    expect(asked('UPDATE')).to.have.members([...kinds, 'deployments/scale', 'statefulsets/scale']);
  });

  it('has cert-manager make a certificate for the same names as the operator would', () => {
    const certificates = manifestsIn('components/cert-manager/certificates.yaml') as (Manifest & {
      spec: { dnsNames?: string[] };
    })[];
    const [serving] = certificates.filter(({ metadata }) => metadata.name === 'dorgu-serving');
    const names = [optionTable.webhookService.default, services.metrics, services.stream];
    const domains = ['svc', 'svc.cluster.local'];
    expect(serving?.spec.dnsNames).to.deep.equal(
      names.flatMap((name) => domains.map((domain) => `${name}.dorgu-system.${domain}`)),
    );
  });

  it('limits memory, and keeps heap and alert below the limit; CPU is not limited', () => {
    const { limits, requests } = container.resources;
    expect(limits).to.deep.equal({ memory: '512Mi' });
    expect(Object.keys(requests)).to.have.members(['cpu', 'memory']);
    const options = container.env?.find(({ name }) => name === 'NODE_OPTIONS')?.value;
    expect(Number(/^--max-old-space-size=(\d+)$/.exec(options ?? '')?.[1])).to.be.within(256, 512 - 100);
    const alert = listAlerts().find(({ alert: name }) => name === 'DorguMemoryNearLimit');
    expect(alert?.expr).to.match(/> 0\.9 \* 512 \* 1024 \* 1024$/);
  });

  const queries: Record<string, [query: string, metrics: string[]]> = {
    'one with labels and a range': ['sum by (a, b) (rate(x_total{c="d_total"}[5m])) > 0', ['x_total']],
    'one with a histogram, and another': [
      'histogram_quantile(0.9, sum by (le) (y_seconds_bucket)) and z == 1',
      ['y_seconds', 'z'],
    ],
  };
  for (const [title, [query, metrics]] of Object.entries(queries))
    it(`is read for metrics: ${title}`, () => {
      expect(listMetrics(query)).to.deep.equal(metrics);
    });

  it('has a chapter in docs/runbooks.md for each alert, and no other', () => {
    const runbooks = readFileSync(join(docs, 'runbooks.md'), 'utf8');
    const chapters = [...runbooks.matchAll(/^## (.+)$/gm)].map(([, name = '']) => name);
    const alerts = listAlerts();
    expect(chapters).to.deep.equal(alerts.map(({ alert }) => alert));
    for (const { alert, annotations } of alerts)
      expect(annotations.runbook_url).to.equal(
        `${manifest.homepage}/blob/main/docs/runbooks.md#${alert.toLowerCase()}`,
      );
  });

  it('has each component in docs/install.md', () => {
    const page = readFileSync(join(docs, 'install.md'), 'utf8');
    for (const name of readdirSync(join(configFolder, 'components'))) expect(page).to.include(`\`${name}\``);
  });
});
