// What /metrics tells of the stream.
import { Counter, Gauge, Histogram } from 'prom-client';
import { topics, type ClientMessage, type Topic } from '../../src/protocol/messages.ts';
import type { Metrics } from '../manager/metrics.ts';
import type { RefusalReason } from './find-refusal.ts';

/** Why a connection has ended. */
export type EndReason =
  | 'client'
  | 'lost'
  | 'stopping'
  | 'credentials'
  | 'unconfirmed'
  | 'stuck'
  | 'silent'
  | 'flood'
  | 'protocol'
  | 'defect';

/** How looking at credentials has ended. */
export type Outcome = 'certificate' | 'token' | 'refused' | 'unavailable';

/** Keeps the figures. */
export interface StreamMetrics {
  /** A message that could be sent, so many bytes long. Called for each: cheap. */
  countSent(bytes: number): void;
  countReceived(type: ClientMessage['type'] | 'invalid', bytes: number): void;
  countRefused(reason: RefusalReason): void;
  countForbidden(topic: Topic): void;
  countClosed(reason: EndReason): void;
  observeAuthentication(outcome: Outcome, seconds: number): void;
}

/** What is shown at each scrape. */
export interface StreamState {
  connections: () => number;
  subscriptions: () => ReadonlyMap<Topic, number>;
  authorities: () => number;
}

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** The metrics of one stream. */
export function createStreamMetrics({ registry }: Metrics, state: StreamState): StreamMetrics {
  const registers = [registry];
  const count = <L extends string>(name: string, help: string, labelNames: readonly L[] = []): Counter<L> =>
    new Counter({ name, help, labelNames, registers });
  const received = count('dorgu_stream_received_total', 'Messages of clients, by type.', ['type']);
  const receivedBytes = count('dorgu_stream_received_bytes_total', 'Bytes of messages of clients.');
  const refused = count('dorgu_stream_refused_total', 'Who was not let in, by reason.', ['reason']);
  const forbidden = count('dorgu_stream_forbidden_total', 'Who may not see what they asked for.', ['topic']);
  const closed = count('dorgu_stream_closed_total', 'Connections that have ended, by reason.', ['reason']);
  const authentication = new Histogram({
    name: 'dorgu_stream_authentication_seconds',
    help: 'How long it took to know who somebody is.',
    labelNames: ['outcome'],
    buckets,
    registers,
  });
  const sent = { messages: 0, bytes: 0 };
  showTotal(registers, 'dorgu_stream_sent_total', 'Messages to clients.', () => sent.messages);
  showTotal(registers, 'dorgu_stream_sent_bytes_total', 'Bytes of messages to clients.', () => sent.bytes);
  showState(registers, state);
  return {
    countSent: (bytes) => {
      sent.messages += 1;
      sent.bytes += bytes;
    },
    countReceived: (type, bytes) => {
      received.inc({ type });
      receivedBytes.inc(bytes);
    },
    countRefused: (reason) => refused.inc({ reason }),
    countForbidden: (topic) => forbidden.inc({ topic }),
    countClosed: (reason) => closed.inc({ reason }),
    observeAuthentication: (outcome, seconds) => authentication.observe({ outcome }, seconds),
  };
}

/** A counter that is kept as a number: it is raised a hundred thousand times a second. */
function showTotal(registers: Metrics['registry'][], name: string, help: string, read: () => number): void {
  new Counter({
    name,
    help,
    registers,
    collect() {
      this.reset();
      this.inc(read());
    },
  });
}

function showState(registers: Metrics['registry'][], state: StreamState): void {
  new Gauge({
    name: 'dorgu_stream_connections',
    help: 'Connections that have been let in.',
    registers,
    collect() {
      this.set(state.connections());
    },
  });
  new Gauge({
    name: 'dorgu_stream_subscriptions',
    help: 'Subscriptions, by topic.',
    labelNames: ['topic'],
    registers,
    collect() {
      const counts = state.subscriptions();
      for (const topic of topics) this.set({ topic }, counts.get(topic) ?? 0);
    },
  });
  new Gauge({
    name: 'dorgu_stream_client_authorities',
    help: 'CAs of client certificates that are known.',
    registers,
    collect() {
      this.set(state.authorities());
    },
  });
}
