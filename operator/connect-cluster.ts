// The operator's ways to the API server: one that is patient, for reading; one that sends each write once.
import type { KubeClient } from '../src/kube/client.ts';
import { connect, type ConnectionTuning } from '../src/kube/connect.ts';
import { createRequestCounter } from './manager/endpoints/request-metrics.ts';
import type { Logger } from './manager/logger.ts';
import type { Metrics } from './manager/metrics.ts';
import type { OperatorOptions } from './options.ts';
import type { Surroundings } from './own-place.ts';
import { product } from './product.ts';

/** Both ask the same server as the same identity. */
export interface ClusterClients {
  reads: KubeClient;
  /** No second attempt: the queue decides when, and only who leads. */
  writes: KubeClient;
  close(): void;
}

/** What clients report to, and what ends them. */
export interface ClientSurroundings {
  logger: Logger;
  metrics: Metrics;
  signal: AbortSignal;
  /** The server has answered, whatever it said. */
  onAnswer: () => void;
}

/** A server that is slower than that is asked again. */
const requestTimeoutMs = 30_000;
const connectTimeoutMs = 5000;

/** Clients; nothing is sent yet. @throws DorguError: what is wrong with kubeconfig, context or certificates */
export async function connectCluster(
  { kubeconfig, context }: OperatorOptions,
  { env, home, cwd }: Surroundings,
  { logger, metrics, signal, onAnswer }: ClientSurroundings,
): Promise<ClusterClients> {
  const options = {
    env,
    home,
    cwd,
    kubeconfig: kubeconfig || undefined,
    context: context || undefined,
    requestTimeoutMs,
    userAgent: `${product.name}/${product.version} (${process.platform}/${process.arch})`,
    signal,
    onWarning: (text: string) => logger.warn('The API server warns', { warning: text }),
  };
  const count = createRequestCounter(metrics);
  const onSent: ConnectionTuning['onSent'] = (sent) => {
    count(sent);
    if (sent.status !== undefined) onAnswer();
  };
  const tuning: ConnectionTuning = { connectTimeoutMs, onSent };
  const reads = await connect(options, tuning);
  const writes = await connect(options, { ...tuning, retry: { attempts: 1 } });
  return {
    reads,
    writes,
    close: () => {
      reads.close();
      writes.close();
    },
  };
}
