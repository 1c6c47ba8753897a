// The chart, by Helm's own code: it lints, and renders to what kustomize makes of the other format.
import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { compareText } from '../../src/api/compare-text.ts';
import type { Application } from '../../src/application/application.ts';
import { buildManifests } from '../../src/manifests/build.ts';
import type { KubernetesObject } from '../../src/manifests/generated-file.ts';
import { createDefaultOptions, type ManifestOptions } from '../../src/manifests/options.ts';
import { application, applicationsByName, config, server } from './applications.ts';
import { provideRenderer, render, type Rendered } from './render-oracle.ts';

const applications: Record<string, Application> = {
  ...applicationsByName,
  'values that templates would take for expressions': application([
    server({
      env: [
        config('GREETING', '{{ .Values.nothing }} <b>&</b> "ü"'),
        config('N', '0123'),
        config('E', '1e3'),
      ],
      startCommand: { value: 'x', confidence: 1, evidence: [] },
      runtime: { volumes: [], args: { value: ['{{ fail "no" }}'], confidence: 1, evidence: [] } },
    }),
  ]),
};

const optionSets: Record<string, Partial<ManifestOptions>> = {
  'by default': {},
  'behind an Ingress, pinned': {
    expose: { kind: 'ingress', host: 'shop.example.com', clusterIssuer: 'letsencrypt' },
    defaults: { pinnedDigest: `sha256:${'a1'.repeat(32)}` },
  },
};

/** What a chart has and kustomize has no use for. */
function withoutHooks(object: KubernetesObject): KubernetesObject {
  const text = JSON.stringify(object, (key, value: unknown) =>
    key.startsWith('helm.sh/') ? undefined : value,
  );
  return JSON.parse(text) as KubernetesObject;
}

function objectsOf({ documents }: Rendered): KubernetesObject[] {
  const nameOf = ({ kind, metadata }: KubernetesObject) => `${kind}/${metadata.name}`;
  return (documents ?? [])
    .flatMap((text) => parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject | null))
    .filter((object) => object !== null)
    .map(withoutHooks)
    .sort((left, right) => compareText(nameOf(left), nameOf(right)));
}

describe('the chart of an application', function () {
  this.timeout(900_000);
  let renderer: string | undefined;
  const root = mkdtempSync(join(tmpdir(), 'dorgu-chart-'));

  before(async function () {
    renderer = await provideRenderer(process.env);
    if (renderer === undefined) this.skip();
  });

  after(() => rmSync(root, { recursive: true, force: true }));

  const write = (found: Application, folder: string, options: ManifestOptions): string => {
    for (const { path, content } of buildManifests(found, options).files) {
      mkdirSync(dirname(join(root, folder, path)), { recursive: true });
      writeFileSync(join(root, folder, path), content);
    }
    return join(root, folder, 'k8s');
  };

  const ask = async (
    sentence: string,
    found: Application,
    values: object = { namespace: { create: true } },
  ) => {
    const more = optionSets[sentence] ?? {};
    const base = { ...createDefaultOptions('shop'), ...more };
    const [helm, kustomize] = await render(renderer ?? '', [
      {
        how: 'helm',
        folder: write(found, 'helm', { ...base, format: 'helm' }),
        namespace: 'shop',
        values,
        apiVersions: ['dorgu.io/v1'],
      },
      { how: 'kustomize', folder: write(found, 'kustomize', base) },
    ]);
    rmSync(join(root, 'helm'), { recursive: true });
    rmSync(join(root, 'kustomize'), { recursive: true });
    if (!helm || !kustomize) throw new Error('expected two answers');
    expect([helm.error, kustomize.error]).to.deep.equal([undefined, undefined]);
    return { helm, kustomize };
  };

  for (const [name, found] of Object.entries(applications))
    for (const sentence of Object.keys(optionSets))
      it(`lints and renders as kustomize does: ${name} ${sentence}`, async () => {
        const { helm, kustomize } = await ask(sentence, found);
        expect(helm.complaints ?? []).to.deep.equal([]);
        expect(objectsOf(helm)).to.deep.equal(objectsOf(kustomize));
      });

  it('follows its values: image, resources, replicas and config, and the persona with them', async () => {
    const { helm } = await ask('by default', application([server()]), {
      components: {
        shop: {
          image: { tag: '9.9.9' },
          autoscaling: { minReplicas: 4 },
          resources: { limits: { cpu: '3' } },
          config: { LOG_LEVEL: 'debug' },
        },
      },
    });
    const text = JSON.stringify(objectsOf(helm));
    expect(text).to.contain('/shop:9.9.9"').and.contain('"LOG_LEVEL":"debug"').and.not.contain('1.4.0');
    expect(text.match(/"minReplicas":4/g)).to.have.length(2);
    expect(text.match(/"cpu":"3"/g)).to.have.length(2);
    expect(text).to.not.contain('"Namespace"');
  });
});
