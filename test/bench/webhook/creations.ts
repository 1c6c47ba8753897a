// What the webhook adds to a creation through a real API server: the same object, in turns, where it is asked and where it is not.
import { connect } from '../../../src/kube/connect.ts';
import { createDeployment, createPersona } from '../../operator/objects.ts';
import { startWebhookStage, unplaced } from '../../operator/webhook/stage.ts';

/** Prints medians and 99th percentiles of so many dry runs each; says so where there is no control plane. */
export async function measureCreations(count: number): Promise<void> {
  const stage = await startWebhookStage();
  if (stage === undefined) {
    console.log('no control plane: nothing is created');
    return;
  }
  try {
    const operator = await stage.startOperator();
    await stage.callAt(await operator.port('webhook'));
    const asked = await stage.createNamespace('asked');
    const spared = await stage.createNamespace('spared', { 'dorgu.io/validate': 'false' });
    for (const namespace of [asked, spared])
      await stage.expectKubectl(['create', '-n', namespace, '-f', '-'], unplaced(createPersona('shop')));
    const env = { KUBECONFIG: stage.plane.kubectl.kubeconfig };
    const client = await connect({ env, home: '', cwd: '/', userAgent: 'bench' });
    const times = { asked: [] as number[], spared: [] as number[] };
    for (let index = 0; index < count; index += 1)
      for (const namespace of ['asked', 'spared'] as const) {
        const startedAt = performance.now();
        await client.request({
          method: 'POST',
          path: `/apis/apps/v1/namespaces/${namespace}/deployments`,
          query: { dryRun: 'All' },
          body: { ...unplaced(createDeployment('shop')), status: undefined },
        });
        if (index >= 20) times[namespace].push(performance.now() - startedAt);
      }
    client.close();
    const [withIt, without] = [summarise(times.asked), summarise(times.spared)];
    console.log(
      `a creation: p50 ${withIt.p50.toFixed(2)} ms, p99 ${withIt.p99.toFixed(2)} ms; where the webhook is not asked p50 ${without.p50.toFixed(2)} ms, p99 ${without.p99.toFixed(2)} ms; added ${(withIt.p50 - without.p50).toFixed(2)} ms`,
    );
  } finally {
    await stage.stop();
  }
}

function summarise(times: readonly number[]): { p50: number; p99: number } {
  const sorted = times.toSorted((left, right) => left - right);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? NaN;
  return { p50: at(0.5), p99: at(0.99) };
}
