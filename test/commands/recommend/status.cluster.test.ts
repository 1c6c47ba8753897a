// `recommend` of what an operator wrote into personas, on the real API server; its patches applied with kubectl.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { useCluster } from '../../cluster/use-cluster.ts';
import { createPersona, runIn, toList, writeStatus } from '../persona/persona-objects.ts';

const requests = { cpu: '1', memory: '2Gi' };

function createDeployment(name: string) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [
            {
              name: 'app',
              image: `ghcr.io/acme/${name}:1.0.0`,
              resources: { requests, limits: { cpu: '2' } },
            },
          ],
        },
      },
    },
  };
}

/** As the sampler writes it. */
function createRecommendation(
  name: string,
  resource: 'cpu' | 'memory',
  setting: 'request' | 'limit',
  recommended?: string,
) {
  return {
    id: `deployment/${name}/app/${resource}-${setting}`,
    ...{
      type: 'resource',
      priority: 'medium',
      message: `${resource} is more than it needs`,
      action: 'pods restart',
    },
    ...{ workload: `Deployment/${name}`, container: 'app', resource, setting },
    ...(recommended === undefined ? {} : { recommended }),
    ...{ p95: resource === 'cpu' ? '250m' : '390Mi', peak: resource === 'cpu' ? '480m' : '410Mi' },
    trend: resource === 'cpu' ? ['100m', '', '480m'] : [],
    ...{ windowStart: '2026-11-17T04:00:00Z', windowEnd: '2026-11-23T09:35:00Z', samples: 1785 },
    ...{ confidence: '0.86', source: 'prometheus' },
  };
}

const advise = (name: string) => ({
  recommendations: [
    createRecommendation(name, 'cpu', 'request', '300m'),
    createRecommendation(name, 'cpu', 'limit'),
    createRecommendation(name, 'memory', 'request', '528Mi'),
  ],
});

describe('recommend', function () {
  this.timeout(60_000);
  const cluster = useCluster();
  let namespace: string;
  let folder: string;
  const recommend = (...argv: string[]) => runIn(cluster, namespace, ['recommend', ...argv]);

  before(async () => {
    namespace = await cluster.createNamespace();
    folder = mkdtempSync(join(tmpdir(), 'dorgu-recommend-'));
    const names = ['shop', 'till', 'json', 'helm'];
    const objects = [
      ...names.map((name) => createPersona(name, { spec: { ownership: { team: '=cmd' } } })),
      ...['new', 'off', 'blind', 'brief', 'fit'].map((name) =>
        createPersona(name, name === 'off' ? { spec: { sizing: { mode: 'off' } } } : {}),
      ),
      ...[...names, 'new', 'stray'].map(createDeployment),
    ];
    await cluster.expectKubectl(['apply', '-n', namespace, '-f', '-'], { input: toList(objects) });
    for (const name of names) await writeStatus(cluster, namespace, name, advise(name));
    const lately = new Date().toISOString().replace(/\.\d+/, '');
    for (const [name, reason] of [
      ['brief', 'MeasuredUnderADay'],
      ['fit', 'Measured'],
    ] as const)
      await writeStatus(cluster, namespace, name, {
        conditions: [
          { type: 'MetricsAvailable', status: 'True', reason, message: '', lastTransitionTime: lately },
        ],
      });
    await writeStatus(cluster, namespace, 'blind', {
      conditions: [
        {
          type: 'MetricsAvailable',
          status: 'False',
          reason: 'NoSeries',
          message: 'no series of its pods',
          lastTransitionTime: '2026-01-02T03:04:05Z',
        },
      ],
    });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('shows the advice, and says of whom there is none and why', async () => {
    const { code, stdout, stderr } = await recommend();
    expect(code).to.equal(0);
    expect(stdout).to.match(/^till +app +cpu request +1 +300m +\S* ?\S+ +250m +480m +0\.86, 6 days$/m);
    expect(stdout).to.match(/^till +app +cpu limit +2 +unset /m);
    expect(stderr).to.contain('Over 12 replicas of 4 workloads: CPU 12 -> 3.6, memory 24Gi -> 6.19Gi\n');
    expect(stderr).to.contain('persona/new: no operator has measured it yet\n');
    expect(stderr).to.contain('persona/off: spec.sizing.mode is off: no advice is wanted\n');
    expect(stderr).to.contain('persona/blind: no series of its pods\n');
    expect(stderr).to.contain(
      'persona/brief: measured for less than a day: less is advised only after one\n',
    );
    expect(stderr).to.contain('persona/fit: requests and limits fit what was measured\n');
    expect(stderr).to.contain('1 workload has no persona: --prometheus-url advises on those, too\n');
  });

  it('is the same text each time, and CSV that no spreadsheet computes', async () => {
    const [first, second] = [await recommend('-o', 'wide'), await recommend('-o', 'wide')];
    expect(first).to.deep.equal(second);
    const { stdout } = await recommend('shop', '-o', 'csv');
    expect(stdout.split('\r\n')[1]).to.match(
      /^\S+,Deployment,shop,app,cpu,request,1,300m,1000,300,.*,'=cmd,shop,/,
    );
  });

  it('finds a workload and a persona by name, and the nearest where there is none', async () => {
    expect((await recommend('deployment/till', '-o', 'name')).stdout).to.equal('deployment.apps/till\n');
    expect((await recommend('persona/till', '-o', 'name')).stdout).to.equal('deployment.apps/till\n');
    const { code, stderr } = await recommend('tlil');
    expect({ code, isTold: stderr.includes('did you mean till?') }).to.deep.equal({ code: 5, isTold: true });
    expect((await recommend('configmap/x')).code).to.equal(2);
  });

  it('makes patches of one workload of one alone', async () => {
    const { code, stderr } = await recommend('--patch', 'helm');
    expect(code).to.equal(2);
    expect(stderr).to.match(/^hint: name one: kubectl dorgu recommend deployment\/\w+ --patch helm$/m);
    expect((await recommend('shop', '--patch', 'json', '-o', 'json')).code).to.equal(2);
    expect((await recommend('--patch', 'kustomize')).stdout.split('---\n')).to.have.length(4);
    expect((await recommend('shop', '--patch', 'helm')).stdout).to.match(/^resources:\n {2}requests:\n/);
  });

  it('makes a patch for kustomize, after which there is nothing left to say', async () => {
    const { code, stdout } = await recommend('shop', '--patch', 'kustomize');
    expect(code).to.equal(0);
    writeFileSync(join(folder, 'patch.yaml'), stdout);
    const live = await cluster.expectKubectl(['get', 'deployment', 'shop', '-n', namespace, '-o', 'yaml']);
    writeFileSync(join(folder, 'deployment.yaml'), live);
    writeFileSync(
      join(folder, 'kustomization.yaml'),
      'resources: [deployment.yaml]\npatches: [{path: patch.yaml}]\n',
    );
    const built = await cluster.expectKubectl(['kustomize', folder]);
    await cluster.expectKubectl(['replace', '-n', namespace, '-f', '-'], { input: built });
    const resources = await cluster.expectKubectl(['get', 'deployment', 'shop', '-n', namespace, '-o', 'jsonpath={.spec.template.spec.containers[0].resources.requests}']); // prettier-ignore
    expect(JSON.parse(resources)).to.deep.equal({ cpu: '300m', memory: '528Mi' });
    const after = await recommend('shop');
    expect(after.stdout).to.equal('');
  });

  it('makes a JSON patch that kubectl takes', async () => {
    const { stdout } = await recommend('json', '--patch', 'json');
    await cluster.expectKubectl([
      'patch',
      'deployment',
      'json',
      '-n',
      namespace,
      '--type',
      'json',
      '-p',
      stdout,
    ]);
    const { code, stdout: left, stderr } = await recommend('json', '--fail-on', 'any');
    expect({ code, left }).to.deep.equal({ code: 0, left: '' });
    expect(stderr).to.contain('persona/json: ');
  });

  it('makes a patch that kubectl takes as it is', async () => {
    const { stdout } = await recommend('helm', '--patch', 'kustomize');
    const file = join(folder, 'strategic.yaml');
    writeFileSync(file, stdout);
    await cluster.expectKubectl(['patch', 'deployment', 'helm', '-n', namespace, '--patch-file', file]);
    expect((await recommend('helm')).stdout).to.equal('');
  });

  it('gives an error as a document where one is wanted', async () => {
    const { code, stdout } = await recommend('nobody', '-o', 'json');
    expect(code).to.equal(5);
    expect(JSON.parse(stdout)).to.have.nested.property('error.code', 'NotFound');
  });
});
