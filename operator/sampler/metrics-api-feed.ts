// Samples from metrics.k8s.io, where there is no Prometheus: what pods use at the moment, once in a window.
import { metricsReasons } from '../../src/api/conditions.ts';
import { fieldAt, listOf, textOf } from '../../src/api/foreign-fields.ts';
import { foldList } from '../../src/discovery/fold-list.ts';
import type { KubeClient } from '../../src/kube/client.ts';
import { KubeError } from '../../src/kube/kube-error.ts';
import { resources } from '../../src/kube/resources.ts';
import { nanosPerUnit, parseQuantity } from '../../src/quantity/index.ts';
import type { UsageSample } from '../../src/sizing/usage.ts';
import { listPodOwners } from './pod-list.ts';
import { FeedFailure, SourceAbsent, type UsageFeed } from './usage-feed.ts';

const mostContainers = 200;
const probeTimeoutMs = 1500;

/** What it is made of. */
export interface MetricsApiFeedParts {
  client: KubeClient;
  signal: () => AbortSignal;
}

/** The feed. metrics-server looks back some seconds only: average and peak of a sample are the use at that instant. */
export function createMetricsApiFeed({ client, signal }: MetricsApiFeedParts): UsageFeed {
  return {
    source: 'metrics-api',
    lagMs: 0,
    hasPast: false,
    read: async function* ({ toMs }) {
      yield await readPods(client, toMs, signal()).catch(fail);
    },
    probe: () => probe(client, signal()).catch(failAbsent),
    owners: async () => {
      // Without it nobody needs a list of all pods.
      await probe(client, signal()).catch(failAbsent);
      return listPodOwners(client, signal());
    },
  };
}

/** One small document that whoever has a token may read. */
async function probe(client: KubeClient, signal: AbortSignal): Promise<void> {
  const { group, version } = resources.podMetrics;
  await client.request({
    method: 'GET',
    path: `/apis/${group}/${version}`,
    signal,
    timeoutMs: probeTimeoutMs,
  });
}

/** Whatever else is the matter, the list says it better. @throws SourceAbsent */
function failAbsent(error: unknown): void {
  if (error instanceof KubeError && error.httpStatus === 404) throw new SourceAbsent(error);
}

function readPods(client: KubeClient, atMs: number, signal: AbortSignal): Promise<UsageSample[]> {
  return foldList<UsageSample[]>(
    client,
    resources.podMetrics,
    { signal },
    () => [],
    (samples, pod) => {
      for (const sample of readPod(pod, atMs)) samples.push(sample);
    },
  );
}

function readPod(pod: unknown, atMs: number): UsageSample[] {
  const namespace = textOf(fieldAt(pod, 'metadata', 'namespace'));
  const name = textOf(fieldAt(pod, 'metadata', 'name'));
  return listOf(fieldAt(pod, 'containers'))
    .slice(0, mostContainers)
    .map((container) => {
      const memory = readAmount(fieldAt(container, 'usage', 'memory'));
      const cpu = readAmount(fieldAt(container, 'usage', 'cpu'));
      return {
        namespace,
        pod: name,
        container: textOf(fieldAt(container, 'name')),
        atMs,
        cpuMillicores: cpu === undefined ? undefined : cpu * 1000,
        memoryPeakBytes: memory,
        memoryAverageBytes: memory,
      };
    })
    .filter(({ container }) => container !== '');
}

/** In cores or bytes; a quantity below zero is none. */
function readAmount(value: unknown): number | undefined {
  const parsed = parseQuantity(value);
  if (!parsed.ok || parsed.quantity.nano < 0n) return undefined;
  return Number(parsed.quantity.nano) / Number(nanosPerUnit);
}

/** Not there, there without a server behind it, or not for us. @throws FeedFailure; whatever the API has no part in */
function fail(error: unknown): never {
  if (!(error instanceof KubeError)) throw error;
  if (error.code === 'Timeout')
    throw new FeedFailure(metricsReasons.timeout, `metrics.k8s.io: ${error.message}`, error);
  if (error.httpStatus === 404) throw new SourceAbsent(error);
  const what = `metrics.k8s.io does not answer, and no Prometheus is set: ${error.message}`;
  throw new FeedFailure(metricsReasons.noPrometheus, `${what}; ${advice}`, error);
}

const advice = 'set the option --prometheus-url of the operator, or install metrics-server';
