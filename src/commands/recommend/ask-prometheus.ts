// `recommend --prometheus-url`: the connection to Prometheus, for as long as it is asked.
import type { Duplex } from 'node:stream';
import { DorguError } from '../../api/errors.ts';
import { openService } from '../../cluster/recommend/prometheus-service.ts';
import { measureWorkloads } from '../../cluster/recommend/measure-workloads.ts';
import type { RecommendReport } from '../../cluster/recommend/recommended.ts';
import type { Selection } from '../../cluster/recommend/select-workloads.ts';
import type { ConnectedClient } from '../../kube/client.ts';
import { dial } from '../../kube/transport/dial.ts';
import { findEnvironmentProxy } from '../../kube/transport/proxy-environment.ts';
import { defaultTimeoutMs } from '../../prometheus/client-options.ts';
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
  choice: PrometheusChoice,
  selection: Selection,
  { stderr, env }: Pick<Invocation, 'stderr' | 'env'>,
): Promise<RecommendReport> {
  const { options, service, spanMs } = choice;
  const { signal } = selection;
  const openWay = findWay(client, choice, env);
  let refusal: DorguError | undefined;
  const prometheus = createPrometheusClient({
    ...options,
    signal,
    userAgent: `${product.name}/${product.version}`,
    now: () => Date.now(),
    openSocket:
      openWay &&
      ((opening) =>
        openWay(opening).catch((error: unknown) => {
          if (error instanceof DorguError) refusal = error;
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
    // What the API server or a proxy said on the way says more than that there was no way.
    if (refusal !== undefined) throw refusal;
    return explainPrometheusError(error, service === undefined);
  } finally {
    clearInterval(timer);
    progress.stop();
    prometheus.close();
  }
}

/** Through the API server, or through the proxy that the environment names, as kubectl takes it; undefined: straight. */
function findWay(
  client: ConnectedClient,
  { options, service }: PrometheusChoice,
  env: Invocation['env'],
): ((opening: AbortSignal) => Promise<Duplex>) | undefined {
  if (service !== undefined) return (opening) => openService(client, service, opening);
  const server = URL.parse(options.url);
  if (server === null || findEnvironmentProxy(env, server) === undefined) return undefined;
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  return (opening) => dial(server, env, { timeoutMs, signal: opening });
}
