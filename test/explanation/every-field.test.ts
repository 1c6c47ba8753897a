// Every leaf field of everything that is generated for the examples has a reason of its own.
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { analyseApplication } from '../../src/analysis/analyse.ts';
import { explainDocument, type ExplainedField } from '../../src/explanation/explain-object.ts';
import { formatPath } from '../../src/explanation/field-path.ts';
import { buildManifests } from '../../src/manifests/build.ts';
import { createDefaultOptions, type ManifestOptions } from '../../src/manifests/options.ts';
import { planApplication } from '../../src/manifests/plan-application.ts';
import { fieldList } from '../../src/settings/fields.ts';
import { documentedRules } from '../../src/rules/documented-rules.ts';
import { exampleNames } from '../generation/generated-example.ts';

const examples = resolve(import.meta.dirname, '../../examples');

const ways: Record<string, Partial<ManifestOptions>> = {
  'for kustomize': {},
  'as plain manifests, minimal': { format: 'plain', profile: 'minimal' },
  'as a chart': { format: 'helm', expose: { kind: 'ingress', host: 'shop.example.com', className: 'nginx' } },
  'through a Gateway, strictly, for GitLab': {
    expose: {
      kind: 'gateway',
      host: 'shop.example.com',
      gatewayName: 'edge',
      gatewayNamespace: 'edge',
      sectionName: 'https',
    },
    networkPolicy: 'strict',
    hardening: 'max',
    ci: 'gitlab',
  },
  'with a certificate, and somebody who answers for it': {
    expose: {
      kind: 'ingress',
      host: 'shop.example.com',
      clusterIssuer: 'letsencrypt',
      tlsSecret: 'shop-tls',
      controllerNamespace: 'ingress',
    },
    ownership: { team: 'store', owner: 'ada', oncall: '#store', runbook: 'https://example.com/runbook' },
    defaults: {
      labels: { tier: 'one' },
      annotations: { note: 'two' },
      priorityClassName: 'high',
      imagePullSecrets: ['registry'],
      scaling: { targetMemory: 80 },
      maintenance: { window: 'Sunday', autoRestart: true },
      dependencies: [{ name: 'mail', type: 'external', healthCheck: 'tcp' }],
      resources: { profile: 'standard' },
    },
  },
  'as what runs by a schedule': { defaults: { type: 'cron', schedule: '0 4 * * *' } },
  'as what runs on each node': { defaults: { type: 'daemon' } },
  'as what runs once': { defaults: { type: 'job' }, format: 'helm' },
};

const settingNames = new Set<string>([
  ...fieldList.map(([name]) => name),
  'dependencies',
  'ingress.host',
  'ingress.paths',
]);
const ruleIds = new Set<string>(documentedRules.map(({ id }) => id));

async function explainAll(name: string, way: Partial<ManifestOptions>) {
  const application = await analyseApplication(join(examples, name));
  const options = { ...createDefaultOptions(name), ...way };
  const plan = planApplication(application, options);
  return buildManifests(application, options).files.flatMap((file) => {
    const [object] = file.objects;
    const isYaml = /\.ya?ml$/.test(file.path);
    if (!object && !isYaml) return [];
    const document = object ?? (parse(file.content) as Record<string, unknown>);
    return explainDocument(plan, file, document).map((field) => ({ ...field, file: file.path }));
  });
}

const show = ({ file, path }: ExplainedField & { file: string }) => `${file} ${formatPath(path)}`;

describe('the reasons of generated fields', () => {
  for (const [way, options] of Object.entries(ways))
    for (const name of exampleNames)
      it(`are there for every field of ${name}, ${way}`, async () => {
        const fields = await explainAll(name, options);
        expect(fields.length).to.be.greaterThan(100);
        expect(fields.filter(({ reason }) => reason === undefined).map(show)).to.deep.equal([]);
        const reasons = fields.flatMap(({ reason }) => reason ?? []);
        for (const { because, settings = [], evidence = [] } of reasons) {
          expect(because).to.match(/^.{10,}[^.]$/);
          expect([...settingNames]).to.include.members([...settings]);
          expect(evidence.filter((one) => one.file === '' || one.reason === '')).to.deep.equal([]);
        }
        expect([...ruleIds]).to.include.members(reasons.flatMap(({ rule }) => rule ?? []));
      });

  it('differ between fields that mean different things', async () => {
    const fields = await explainAll('express-shop', {});
    const byReason = new Map<string, Set<string>>();
    for (const { reason, path } of fields) {
      const last = formatPath(path);
      const key = reason?.because ?? '';
      byReason.set(key, (byReason.get(key) ?? new Set()).add(last));
    }
    // A catch-all would be the reason of half of them.
    expect(Math.max(...[...byReason.values()].map(({ size }) => size))).to.be.below(40);
    expect(byReason.size).to.be.greaterThan(80);
  });
});
