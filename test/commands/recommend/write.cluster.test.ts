// `recommend --write` from end to end: an application that was generated and applied, a week of use, the operator's advice in its persona, and
// what comes of it: settings, persona and manifests that agree, and a cluster in which there is nothing left to advise.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { gatherNamespaces } from '../../../src/cluster/gather/gather-namespaces.ts';
import { adviseOnWorkload } from '../../../src/cluster/recommend/advise-on-workload.ts';
import { listSizedWorkloads } from '../../../src/cluster/recommend/choose-workloads.ts';
import type { AdvisedWorkload, Silence } from '../../../src/cluster/recommend/recommended.ts';
import type { ConnectedClient } from '../../../src/kube/client.ts';
import { connect } from '../../../src/kube/connect.ts';
import { toRecommendation } from '../../../src/sizing/to-recommendation.ts';
import { createUsageHistory } from '../../../src/sizing/usage-history.ts';
import { useCluster } from '../../cluster/use-cluster.ts';
import { mebibyte, steady, toSamples } from '../../sizing/measured.ts';
import { runHere, type Outcome } from '../command-line.ts';
import { runIn, writeStatus } from '../persona/persona-objects.ts';

const source = resolve(import.meta.dirname, '../../fixtures/commands/shop');
const windowMs = 300_000;

describe('recommend --write, on an application that runs', function () {
  this.timeout(120_000);
  const cluster = useCluster();
  let folder = '';
  let namespace = '';
  let client: ConnectedClient;
  const history = createUsageHistory();
  const nowMs = Math.floor(Date.now() / windowMs) * windowMs;

  before(async () => {
    namespace = await cluster.createNamespace();
    client = await connect({
      env: { KUBECONFIG: cluster.kubeconfig },
      home: '',
      cwd: '/',
      userAgent: 'test',
    });
    folder = mkdtempSync(join(tmpdir(), 'dorgu-write-'));
    cpSync(source, join(folder, 'shop'), { recursive: true });
    writeFileSync(join(folder, 'shop/.dorgu.yaml'), `version: "1"\nnamespace: ${namespace} # ours\n`);
    const week = toSamples(steady(40, 300 * mebibyte), { fromMs: nowMs - 7 * 86_400_000 });
    history.record({ namespace, kind: 'Deployment', name: 'shop' }, week, 'prometheus');
  });
  after(() => {
    client.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (...argv: string[]): Promise<Outcome> => runHere(argv, { cwd: folder });
  const recommend = (...argv: string[]): Promise<Outcome> =>
    runIn(cluster, namespace, ['recommend', 'shop', ...argv], { cwd: folder });
  const apply = () => cluster.expectKubectl(['apply', '-k', join(folder, 'shop/k8s')]);
  const expectDone = async (outcome: Promise<Outcome>) => {
    const { code, stdout, stderr } = await outcome;
    expect(code, stdout + stderr).to.equal(0);
    return { stdout, stderr };
  };

  /** As the operator does: the same code, on the workload as it is now, with its autoscaler. */
  async function adviseNow(): Promise<AdvisedWorkload | Silence> {
    const views = await gatherNamespaces(client, { namespace, signal: AbortSignal.timeout(30_000) });
    const [shop] = listSizedWorkloads(views.values());
    const known = { history, windows: undefined, unowned: new Set<string>(), kills: new Map(), nowMs };
    return adviseOnWorkload(shop!, known);
  }

  it('leaves nothing to advise once it is applied, and no check objects meanwhile', async () => {
    await expectDone(run('generate', 'shop'));
    await apply();
    const advised = (await adviseNow()) as AdvisedWorkload;
    expect(advised.advice.map(({ id }) => id)).to.have.members(
      ['cpu-request', 'memory-request', 'memory-limit'].map((what) => `deployment/shop/shop/${what}`),
    );
    await writeStatus(cluster, namespace, 'shop', { recommendations: advised.advice.map(toRecommendation) });
    expect((await recommend('--fail-on', 'any')).code, 'advice stands').to.equal(1);

    const { stdout } = await expectDone(recommend('--write', 'shop'));
    for (const file of ['.dorgu.yaml', 'k8s/deployment.yaml', 'k8s/persona.yaml'])
      expect(stdout).to.include(`shop/${file} changed\n`);
    expect(readFileSync(join(folder, 'shop/.dorgu.yaml'), 'utf8')).to.include(
      `namespace: ${namespace} # ours`,
    );
    await expectDone(run('generate', 'shop', '--check'));
    await expectDone(run('check', '-R', 'shop/k8s', '--fail-on', 'warning'));

    await apply();
    const live = JSON.parse(
      await cluster.expectKubectl([
        ...['get', 'deployment/shop', '-n', namespace],
        ...['-o', 'jsonpath={.spec.template.spec.containers[0].resources}'],
      ]),
    ) as Record<'requests' | 'limits', Record<string, string>>;
    for (const { setting, resource, recommended } of advised.advice)
      expect(live[`${setting}s`][resource], `${setting} of ${resource}`).to.equal(recommended);
    const after = await recommend('--fail-on', 'any');
    expect({ code: after.code, stdout: after.stdout }, after.stderr).to.deep.equal({ code: 0, stdout: '' });
    expect(await adviseNow(), 'the operator withdraws it').to.deep.include({ reason: 'Fits' });
    const again = await expectDone(recommend('--write', 'shop'));
    expect(again.stdout).to.equal('');
  });
});
