// A replica on a real API server: keeps certificates with the operator's own rights, and answers admissions over TLS with what it serves.
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { createCertificates, type Certificates } from '../../../operator/certificates/create-certificates.ts';
import type { Lifetimes } from '../../../operator/certificates/lifetimes.ts';
import { createProblemEvents } from '../../../operator/certificates/problem-events.ts';
import { serveWith } from '../../../operator/certificates/serve-with.ts';
import { systemClock } from '../../../operator/manager/clock.ts';
import { createEventRecorder } from '../../../operator/manager/create-event-recorder.ts';
import { createSoleLeadership } from '../../../operator/manager/create-lease.ts';
import type { InvolvedObject } from '../../../operator/manager/events.ts';
import { createMetrics } from '../../../operator/manager/metrics.ts';
import type { KubeClient } from '../../../src/kube/client.ts';
import { connect } from '../../../src/kube/connect.ts';
import { createReflector } from '../../../src/kube/watch/create-reflector.ts';
import { createMemoryLogger, type MemoryLogger } from '../manager/memory-logger.ts';

export const webhookName = 'dorgu-webhook.dorgu-system.svc';

/** It, until it is stopped. */
export interface LiveReplica {
  certificates: Certificates;
  logger: MemoryLogger;
  port: number;
  /** Admissions that it was asked about. */
  asked: () => number;
  /** Serial numbers of what it has served, in their order. */
  served: string[];
  stop(): Promise<void>;
}

/** How it is set up. */
export interface LiveOptions {
  kubeconfig: string;
  lifetimes?: Lifetimes;
  now?: () => number;
  /** The pod that its Events are about. */
  pod?: InvolvedObject;
}

/** Starts one. */
export async function startLiveReplica({
  kubeconfig,
  lifetimes,
  now = Date.now,
  pod,
}: LiveOptions): Promise<LiveReplica> {
  const env = { KUBECONFIG: kubeconfig };
  const options = { env, home: '', cwd: '/', userAgent: 'dorgu-operator' };
  const reads = await connect(options);
  const writes = await connect(options, { retry: { attempts: 1 } });
  const logger = createMemoryLogger();
  const metrics = createMetrics();
  const namespace = 'dorgu-system';
  const certificates = createCertificates({
    server: { reads, writes, createReflector, clock: systemClock, random: Math.random },
    namespace,
    dnsNames: [webhookName],
    webhook: { service: 'dorgu-webhook', configuration: 'dorgu-validating-webhook', namespace },
    certPath: '',
    isRequired: true,
    readText: () => undefined,
    logger,
    metrics,
    now,
    ...(pod === undefined ? {} : { onLook: tellOn(pod, writes, { logger, metrics }) }),
    lookMs: 50,
    ...(lifetimes === undefined ? {} : { lifetimes }),
  });
  const { server, asked } = createAdmissionServer();
  const release = serveWith(server, certificates);
  const served: string[] = [];
  certificates.subscribe(({ cert }) => served.push(cert));
  await certificates.start();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    certificates,
    logger,
    port: (server.address() as AddressInfo).port,
    asked,
    served,
    stop: async () => {
      release();
      await certificates.stop();
      server.closeAllConnections();
      server.close();
      for (const client of [reads, writes]) client.close();
    },
  };
}

/** As the operator wires it, with less patience. */
function tellOn(
  object: InvolvedObject,
  client: KubeClient,
  parts: { logger: MemoryLogger; metrics: ReturnType<typeof createMetrics> },
) {
  const leadership = createSoleLeadership(parts.metrics);
  void leadership.start();
  const reporter = { component: 'dorgu-operator', instance: object.name };
  const events = createEventRecorder({ ...parts, client, leadership, reporter, now: Date.now });
  const isAnswered = () => true;
  return createProblemEvents({ events, leadership, isAnswered, object, clock: systemClock, patienceMs: 500 });
}

/** Allows everything, on a connection of its own each time: every admission is a handshake. */
function createAdmissionServer() {
  let count = 0;
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      count += 1;
      const {
        apiVersion,
        kind,
        request: asked,
      } = JSON.parse(text) as { apiVersion: string; kind: string; request: { uid: string } };
      const answer = { apiVersion, kind, response: { uid: asked.uid, allowed: true } };
      response
        .writeHead(200, { 'content-type': 'application/json', connection: 'close' })
        .end(JSON.stringify(answer));
    });
  });
  return { server, asked: () => count };
}

/** What a client finds that trusts this bundle, and for which it is now: undefined where all is well. */
export function shakeHands(port: number, ca: string): Promise<string | undefined> {
  return new Promise((done) => {
    const socket = connectTls({ host: '127.0.0.1', port, ca, servername: webhookName }, () => {
      done(undefined);
      socket.destroy();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
  });
}
