// The sampler on a real API server with the rights of config/rbac, beside a real Prometheus: what people see in a persona, through a restart, a kill and an outage.
import { expect } from 'chai';
import type { ApplicationPersonaStatus } from '../../../src/api/personas.ts';
import { waitUntil } from '../../cluster/wait-until.ts';
import { operatorNamespace } from '../../cluster/operator-account.ts';
import { sampled, type TestSeries } from '../../prometheus/open-metrics.ts';
import { usePrometheus } from '../../prometheus/use-prometheus.ts';
import type { OperatorChild } from '../child.ts';
import { createDeployment, createPersona, type DeploymentState } from '../objects.ts';
import { startWebhookStage, unplaced, type WebhookStage } from '../webhook/stage.ts';

const hourMs = 3_600_000;
const mebi = 1024 * 1024;

/** Three hours of a pod of Deployment shop/shop that is not there any more: 0.4 cores and 100 Mi, 150 Mi at its highest. */
function* listSeries(): Generator<TestSeries> {
  const toMs = Date.now();
  const times = { fromMs: toMs - 3 * hourMs, toMs, everyMs: 30_000 };
  const container = { namespace: 'shop', pod: 'shop-abc-1', container: 'shop' };
  yield {
    metric: 'container_cpu_usage_seconds_total',
    labels: container,
    samples: sampled(times, (atMs) => ((atMs - times.fromMs) / 1000) * 0.4),
  };
  yield {
    metric: 'container_memory_working_set_bytes',
    labels: container,
    samples: sampled(times, (atMs) => (Math.floor(atMs / 30_000) % 20 === 0 ? 150 : 100) * mebi),
  };
  const owner = { owner_is_controller: 'true', namespace: 'shop' };
  yield {
    metric: 'kube_pod_owner',
    labels: { ...owner, pod: 'shop-abc-1', owner_kind: 'ReplicaSet', owner_name: 'shop-abc' },
    samples: sampled(times, () => 1),
  };
  yield {
    metric: 'kube_replicaset_owner',
    labels: { ...owner, replicaset: 'shop-abc', owner_kind: 'Deployment', owner_name: 'shop' },
    samples: sampled(times, () => 1),
  };
}

describe('the sampler on a real API server', function () {
  this.timeout(180_000);
  const prometheus = usePrometheus(listSeries);
  let stage: WebhookStage;
  let operator: OperatorChild;
  before(async function () {
    this.timeout(35 * 60 * 1000);
    const started = await startWebhookStage();
    if (started === undefined) this.skip();
    stage = started;
    await stage.createNamespace('shop');
    await stage.expectKubectl(['create', 'serviceaccount', 'default', '-n', 'shop']);
  });
  after(() => (stage as WebhookStage | undefined)?.stop());

  const start = async () => {
    operator = await stage.startOperator(['--controllers=persona', `--prometheus-url=${prometheus().url}`]);
  };
  const deploy = async (name: string, state: DeploymentState = {}) => {
    const { status: _, ...deployment } = createDeployment(name, state) as Record<string, unknown>;
    const objects = [unplaced(createPersona(name)), unplaced(deployment)];
    await stage.expectKubectl(['apply', '-n', 'shop', '-f', '-'], ...objects);
  };
  const status = async (name: string): Promise<ApplicationPersonaStatus> => {
    const text = await stage.expectKubectl(['get', 'persona', name, '-n', 'shop', '-o', 'json']);
    return (JSON.parse(text) as { status?: ApplicationPersonaStatus }).status ?? {};
  };
  const until = (
    what: string,
    name: string,
    fits: (status: ApplicationPersonaStatus) => boolean,
    timeoutMs = 60_000,
  ) =>
    waitUntil(
      what,
      async () => {
        const found = await status(name);
        return fits(found) ? found : undefined;
      },
      { timeoutMs, intervalMs: 200 },
    );
  /** As its controllers, which do not run here, would leave it; returns what kubectl calls it. */
  const createPod = async (): Promise<string> => {
    const labels = { run: 'mailer', 'pod-template-hash': 'abc' };
    const { spec } = createDeployment('mailer') as { spec: { template: { spec: object } } };
    const template = { metadata: { labels }, spec: spec.template.spec };
    await stage.expectKubectl(['create', '-n', 'shop', '-f', '-'], {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'mailer-abc' },
      spec: { replicas: 0, selector: { matchLabels: labels }, template },
    });
    const uid = await stage.expectKubectl([
      ...['get', 'replicaset', 'mailer-abc', '-n', 'shop', '-o', 'jsonpath={.metadata.uid}'],
    ]);
    const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'mailer-abc', uid, controller: true };
    await stage.expectKubectl(['create', '-n', 'shop', '-f', '-'], {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'mailer-abc-1', labels, ownerReferences: [owner] },
      spec: template.spec,
    });
    return 'pod/mailer-abc-1';
  };
  const measured = ({ conditions = [] }: ApplicationPersonaStatus) =>
    conditions.find(({ type }) => type === 'MetricsAvailable');

  it('gives a persona its baseline and advice within a minute of its start', async () => {
    await deploy('shop');
    await deploy('mailer');
    await start();
    const { learned, recommendations = [] } = await until(
      'the baseline',
      'shop',
      ({ learned: found, recommendations: advice = [] }) =>
        found?.resourceBaseline !== undefined && advice.length > 0,
    );
    expect(learned?.resourceBaseline).to.deep.include({
      avgCPU: '400m',
      peakCPU: '400m',
      peakMemory: '150Mi',
    });
    expect(recommendations.map(({ id }) => id)).to.include('deployment/shop/shop/cpu-request');
    await until('the condition', 'shop', (found) => measured(found)?.status === 'True');
  });

  it('advises within a minute on a container that was killed for its memory', async () => {
    const pod = await createPod();
    const finishedAt = new Date().toISOString();
    const terminated = { exitCode: 137, reason: 'OOMKilled', finishedAt, startedAt: finishedAt };
    const container = {
      ...{ name: 'mailer', image: 'x', imageID: 'x', ready: true, restartCount: 1 },
      state: { running: { startedAt: finishedAt } },
      lastState: { terminated },
    };
    const patch = { status: { phase: 'Running', containerStatuses: [container] } };
    await stage.expectKubectl([
      ...['patch', pod, '-n', 'shop', '--subresource=status', '--type=merge', '-p'],
      JSON.stringify(patch),
    ]);
    const { recommendations = [] } = await until(
      'advice',
      'mailer',
      ({ recommendations: advice = [] }) => advice.length > 0,
    );
    expect(recommendations.find(({ id }) => id.endsWith('memory-limit'))).to.deep.include({
      source: 'pod-status',
      current: '32Mi',
    });
    const events = await stage.expectKubectl([
      'get',
      'events',
      '-n',
      'shop',
      '-o',
      'jsonpath={.items[*].reason}',
    ]);
    expect(events).to.contain('Recommended');
  });

  it('goes on with personas and admission while Prometheus hangs', async () => {
    operator.kill('SIGTERM');
    expect(await operator.ended).to.equal(0);
    prometheus().pause();
    await start();
    await stage.callAt(await operator.port('webhook'));
    await deploy('web');
    await until('the first verdict', 'web', ({ phase }) => phase !== undefined, 15_000);
    const { learned } = await status('shop');
    expect(learned?.resourceBaseline?.avgCPU).to.equal('400m');
    prometheus().resume();
  });

  it('keeps what it has learnt over a restart without Prometheus, says that it is gone, and that it is back', async () => {
    const before = await status('shop');
    operator.kill('SIGTERM');
    expect(await operator.ended).to.equal(0);
    await prometheus().kill();
    const maps = await stage.expectKubectl(['get', 'configmaps', '-n', operatorNamespace, '-o', 'name']);
    expect(maps).to.contain('configmap/dorgu-learned-0');
    await start();
    await operator.said('What was learnt is known again');
    const gone = await until('that it is gone', 'shop', (found) => measured(found)?.status === 'False');
    expect(measured(gone)?.reason).to.equal('NoPrometheus');
    expect(gone.learned).to.deep.equal(before.learned);
    expect(gone.recommendations).to.deep.equal(before.recommendations);
    await prometheus().startAgain();
    await until('that it is back', 'shop', (found) => measured(found)?.status === 'True', 120_000);
  });
});
