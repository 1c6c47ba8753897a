// The controller on a real API server: with real caches and a real queue, as the operator's own account, every request on record.
import { createClusterController } from '../../../../operator/controllers/cluster-persona/controller.ts';
import { createCaches } from '../../../../operator/manager/create-caches.ts';
import { createControllerQueue } from '../../../../operator/manager/create-controller-queue.ts';
import type { EventFacts } from '../../../../operator/manager/events.ts';
import { createMetrics } from '../../../../operator/manager/metrics.ts';
import type { KubeClient, KubeRequest } from '../../../../src/kube/client.ts';
import { connect } from '../../../../src/kube/connect.ts';
import { createReflector } from '../../../../src/kube/watch/create-reflector.ts';
import { createMemoryLogger, type MemoryLogger } from '../../manager/memory-logger.ts';

/** It, and what it did. Its watches are not among the requests. */
export interface LiveController {
  /** `GET /version`, since {@link LiveController.takeRequests} was called last. */
  takeRequests(): string[];
  readonly events: readonly EventFacts[];
  readonly logger: MemoryLogger;
  stop(): Promise<void>;
}

/** Starts it. */
export async function startLiveController(
  kubeconfig: string,
  discoveryIntervalMs: number,
): Promise<LiveController> {
  const env = { KUBECONFIG: kubeconfig };
  const real = await connect({ env, home: '', cwd: '/', userAgent: 'test' });
  const requests: string[] = [];
  const client: KubeClient = {
    ...real,
    request: <T>(request: KubeRequest) => {
      requests.push(`${request.method} ${request.path}`);
      return real.request<T>(request);
    },
  };
  const logger = createMemoryLogger();
  const metrics = createMetrics();
  const events: EventFacts[] = [];
  const leading = new AbortController();
  const leadership = {
    isLeader: true,
    requireLeading: () => leading.signal,
    onAcquired: (listener: () => void) => listener(),
  };
  // Watches go past the record.
  const caches = createCaches({ client: real, logger, metrics, createReflector });
  const options = {
    namespace: 'dorgu-system',
    resyncIntervalMs: 1000,
    discoveryIntervalMs,
    concurrency: 1,
    isArgoEnabled: false,
  };
  const parts = { leadership, logger, metrics, concurrency: 1, resyncIntervalMs: 1000 };
  const controller = createClusterController({
    client,
    caches,
    leadership,
    logger,
    metrics,
    options,
    events: { record: (event) => void events.push(event) },
    createQueue: (reconcile, queue) => createControllerQueue(parts, reconcile, queue),
    now: Date.now,
    random: Math.random,
  });
  await caches.start();
  await controller.start();
  return {
    takeRequests: () => requests.splice(0),
    events,
    logger,
    stop: async () => {
      await controller.stop();
      await caches.stop();
      real.close();
    },
  };
}
