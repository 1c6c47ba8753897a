// What measuring a cluster costs its Prometheus: requests that a proxy in front of it counts, and samples that it says were touched.
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPrometheusClient } from '../../src/prometheus/client.ts';
import type { SentRequest } from '../../src/prometheus/client-options.ts';
import { createPrometheusUsage } from '../../src/prometheus/prometheus-usage.ts';
import { sampleWindowMs } from '../../src/sizing/usage.ts';
import { readMemory } from '../long/process-memory.ts';
import { startPrometheus } from './start-prometheus.ts';
import { clusterSeries, type ClusterSize } from './whole-cluster.ts';

/** What was counted. */
export interface MeasuredRounds {
  /** Of each round of five minutes, as the proxy has seen them. The first has the probe as well. */
  requests: number[];
  /** Of the query that touched the most. */
  mostSamplesTouched: number;
  /** Of the largest answer, unzipped. */
  mostBytes: number;
  /** Containers that were measured in the last round, and pods whose owner is known. */
  samples: number;
  owners: number;
  /** Of the slowest request, and of all requests of each round. */
  slowestMs: number;
  roundsMs: number[];
  /** What Prometheus held before it was asked anything, and the most that it ever held. */
  idleBytes: number;
  peakBytes: number;
}

/** Fills a Prometheus with a cluster of this size and measures it for some rounds, as the sampler does: the windows, then the owners. */
export async function measureRounds(
  size: ClusterSize,
  rounds: number,
  everyMs = 30_000,
): Promise<MeasuredRounds> {
  const endMs = Date.UTC(2026, 10, 23, 12);
  const startMs = endMs - rounds * sampleWindowMs;
  const prometheus = await startPrometheus(clusterSeries(size, { fromMs: startMs, toMs: endMs, everyMs }));
  const proxy = await startCountingProxy(prometheus.url);
  const sent: SentRequest[] = [];
  const client = createPrometheusClient({
    url: proxy.url,
    now: Date.now,
    timeoutMs: 120_000,
    onSent: (one) => sent.push(one),
  });
  try {
    const usage = createPrometheusUsage(client);
    const { residentBytes: idleBytes } = await readMemory(prometheus.pid);
    const requests: number[] = [];
    const roundsMs: number[] = [];
    let [samples, owners] = [0, 0];
    for (let atMs = startMs + sampleWindowMs; atMs <= endMs; atMs += sampleWindowMs) {
      const before = proxy.count();
      const beganMs = performance.now();
      samples = (await usage.sample(atMs, { namespace: undefined })).length;
      owners = (await usage.owners({ fromMs: atMs - sampleWindowMs, toMs: atMs }, { namespace: undefined }))
        .length;
      requests.push(proxy.count() - before);
      roundsMs.push(Math.round(performance.now() - beganMs));
    }
    const most = (of: (one: SentRequest) => number) => Math.max(...sent.map(of));
    return {
      requests,
      mostSamplesTouched: most(({ samples: touched = 0 }) => touched),
      mostBytes: most(({ bytes }) => bytes),
      samples,
      owners,
      slowestMs: most(({ durationMs }) => durationMs),
      roundsMs,
      idleBytes,
      peakBytes: (await readMemory(prometheus.pid)).peakBytes,
    };
  } finally {
    client.close();
    await proxy.stop();
    await prometheus.stop();
  }
}

/** Passes everything on, and counts it. */
async function startCountingProxy(
  target: string,
): Promise<{ url: string; count: () => number; stop: () => Promise<void> }> {
  let seen = 0;
  const server = createServer((incoming, outgoing) => {
    seen += 1;
    const { method, headers, url = '/' } = incoming;
    const passed = request(new URL(url, target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: () => seen,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
