// What /metrics tells of the webhook: controller-runtime's names where it has them, ours for the rest.
import { Counter, Gauge, Histogram } from 'prom-client';
import type { Metrics } from '../manager/metrics.ts';
import type { Answer } from './answer-body.ts';
import { reviewPath } from './refuse-request.ts';

/** Why somebody was sent away without an answer to a review. */
export type TurnedAway =
  'request' | 'too-large' | 'too-slow' | 'overload' | 'broken-off' | 'connection' | 'protocol' | 'handshake';

/** Keeps the figures. */
export interface WebhookMetrics {
  /** A whole request was answered, after so many seconds since its headers. */
  countRequest(status: number, seconds: number): void;
  countAnswer(answer: Answer): void;
  countTurnedAway(reason: TurnedAway): void;
}

/** What is shown at each scrape. */
export interface WebhookState {
  requests: () => number;
  connections: () => number;
}

/** From half a millisecond, because most take less than one, to the API server's own limit. */
const buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 10];

/** Operations and kinds of foreign bodies are none of ours: others share one label. */
const operations = new Set(['CREATE', 'UPDATE']);
const resources = new Set(['deployments', 'statefulsets', 'daemonsets', 'cronjobs']);

/** The metrics of one webhook. */
export function createWebhookMetrics({ registry }: Metrics, state: WebhookState): WebhookMetrics {
  const registers = [registry];
  const webhook = reviewPath;
  const requests = new Counter({
    name: 'controller_runtime_webhook_requests_total',
    help: 'Admission requests by status of the answer.',
    labelNames: ['webhook', 'code'],
    registers,
  });
  const latency = new Histogram({
    name: 'controller_runtime_webhook_latency_seconds',
    help: 'From the headers of a request to its answer.',
    labelNames: ['webhook'],
    buckets,
    registers,
  });
  const reviews = new Counter({
    name: 'dorgu_webhook_reviews_total',
    help: 'Reviews by what became of them, operation and resource.',
    labelNames: ['outcome', 'operation', 'resource'],
    registers,
  });
  const turnedAway = new Counter({
    name: 'dorgu_webhook_turned_away_total',
    help: 'Requests and connections that were not listened to, by reason.',
    labelNames: ['reason'],
    registers,
  });
  showState(registers, state);
  return {
    countRequest: (code, seconds) => {
      requests.inc({ webhook, code });
      latency.observe({ webhook }, seconds);
    },
    countAnswer: ({ outcome, review }) => {
      const operation = review?.operation ?? '';
      const resource = review?.resource ?? '';
      reviews.inc({
        outcome,
        operation: operations.has(operation) ? operation : 'other',
        resource: resources.has(resource) ? resource : 'other',
      });
    },
    countTurnedAway: (reason) => turnedAway.inc({ reason }),
  };
}

function showState(registers: Metrics['registry'][], { requests, connections }: WebhookState): void {
  new Gauge({
    name: 'controller_runtime_webhook_requests_in_flight',
    help: 'Requests that are being received.',
    labelNames: ['webhook'],
    registers,
    collect() {
      this.set({ webhook: reviewPath }, requests());
    },
  });
  new Gauge({
    name: 'dorgu_webhook_connections',
    help: 'Open connections.',
    registers,
    collect() {
      this.set(connections());
    },
  });
}
