// `recommend --prometheus-url`: the connection to Prometheus, for as long as it is asked.
import { openService } from '../../cluster/recommend/prometheus-service.ts';
import { measureWorkloads } from '../../cluster/recommend/measure-workloads.ts';
import type { RecommendReport } from '../../cluster/recommend/recommended.ts';
import type { Selection } from '../../cluster/recommend/select-workloads.ts';
import type { ConnectedClient } from '../../kube/client.ts';
import { createPrometheusClient } from '../../prometheus/client.ts';
import { createPrometheusUsage } from '../../prometheus/prometheus-usage.ts';
import { createProgress } from '../../ui/progress.ts';
import type { Invocation } from '../invocation.ts';
import { product } from '../product.ts';
import { explainPrometheusError, type PrometheusChoice } from './choose-prometheus.ts';

const redrawMs = 250;

/** @throws as {@link measureWorkloads} does; PrometheusError PrometheusInvalid */
export async function askPrometheus(
  client: ConnectedClient,
  { options, service, spanMs }: PrometheusChoice,
  selection: Selection,
  { stderr }: Pick<Invocation, 'stderr'>,
): Promise<RecommendReport> {
  const { signal } = selection;
  let refusal: Error | undefined;
  const prometheus = createPrometheusClient({
    ...options,
    signal,
    userAgent: `${product.name}/${product.version}`,
    now: () => Date.now(),
    openSocket:
      service &&
      ((opening) =>
        openService(client, service, opening).catch((error: unknown) => {
          if (error instanceof Error) refusal = error;
          throw error;
        })),
  });
  const progress = createProgress(stderr);
  let text = '';
  const timer = setInterval(() => progress.update(text), redrawMs);
  try {
    return await measureWorkloads(client, createPrometheusUsage(prometheus), {
      ...selection,
      spanMs,
      now: new Date(),
      onProgress: (next) => progress.update((text = next)),
    });
  } catch (error) {
    // What the API server said on the way says more than that there was no way.
    if (refusal !== undefined) throw refusal;
    return explainPrometheusError(error, service === undefined);
  } finally {
    clearInterval(timer);
    progress.stop();
    prometheus.close();
  }
}
