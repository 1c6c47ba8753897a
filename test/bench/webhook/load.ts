// Callers that ask as fast as they are answered, or so many times a second, over TLS connections that stay open.
import { connect, type TLSSocket } from 'node:tls';

/** How calls went. */
export interface LoadResult {
  calls: number;
  seconds: number;
  /** Milliseconds from the first byte sent to the last byte received, sorted. */
  latencies: Float64Array;
  /** Statuses other than 200, by how often; -1: no answer. */
  failures: Map<number, number>;
}

/** How to call. */
export interface LoadOptions {
  port: number;
  connections: number;
  /** Whole requests, taken at random. */
  requests: readonly Buffer[];
  seconds: number;
  /** Calls a second over all connections; undefined: as many as there can be. */
  rate?: number;
}

/** The value below which so many percent lie. */
export function percentile({ latencies }: LoadResult, percent: number): number {
  return latencies[Math.min(latencies.length - 1, Math.floor((latencies.length * percent) / 100))] ?? NaN;
}

/** A request of HTTP/1.1 with this body. */
export function toRequestBytes(body: string): Buffer {
  return Buffer.from(
    `POST /validate-deployment?timeout=3s HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** Calls for so long; one call at a time on each connection. */
export async function callForAWhile(options: LoadOptions): Promise<LoadResult> {
  const { connections, seconds, rate } = options;
  const sockets = await openAll(options);
  const latencies: number[] = [];
  const failures = new Map<number, number>();
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  const pauseMs = rate === undefined ? 0 : (1000 * connections) / rate;
  await Promise.all(
    sockets.map((socket, index) =>
      callOnOne(socket, options, {
        endsAt,
        pauseMs,
        // Connections begin one after the other within the first pause.
        firstAt: startedAt + (pauseMs * index) / connections,
        done: (ms, status) => {
          latencies.push(ms);
          if (status !== 200) failures.set(status, (failures.get(status) ?? 0) + 1);
        },
      }),
    ),
  );
  const took = (performance.now() - startedAt) / 1000;
  for (const socket of sockets) socket.destroy();
  return {
    calls: latencies.length,
    seconds: took,
    latencies: Float64Array.from(latencies).sort(),
    failures,
  };
}

async function openAll({ port, connections }: LoadOptions): Promise<TLSSocket[]> {
  const sockets: TLSSocket[] = [];
  for (let count = 0; count < connections; count += 1)
    sockets.push(
      await new Promise<TLSSocket>((resolve, reject) => {
        const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => resolve(socket));
        socket.setNoDelay(true);
        socket.once('error', reject);
      }),
    );
  return sockets;
}

interface Plan {
  endsAt: number;
  pauseMs: number;
  firstAt: number;
  done: (ms: number, status: number) => void;
}

function callOnOne(socket: TLSSocket, { requests }: LoadOptions, plan: Plan): Promise<void> {
  return new Promise((resolve) => {
    let received = '';
    let sentAt = 0;
    let nextAt = plan.firstAt;
    let isOver = false;
    const send = (): void => {
      if (performance.now() > plan.endsAt) {
        isOver = true;
        resolve();
        return;
      }
      // Of calls that are due at a time, waiting for the answer before counts as well.
      sentAt = plan.pauseMs === 0 ? performance.now() : nextAt;
      nextAt += plan.pauseMs;
      const request = requests[Math.floor(Math.random() * requests.length)];
      if (request !== undefined) socket.write(request);
    };
    const plot = (): void => {
      const waitMs = plan.pauseMs === 0 ? 0 : nextAt - performance.now();
      if (waitMs <= 0) send();
      else setTimeout(send, waitMs);
    };
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1');
      const status = readWhole(received);
      if (status === undefined) return;
      received = '';
      plan.done(performance.now() - sentAt, status);
      plot();
    });
    socket.once('close', () => {
      if (!isOver) plan.done(performance.now() - sentAt, -1);
      resolve();
    });
    plot();
  });
}

/** The status of an answer that is whole. */
function readWhole(text: string): number | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
  return text.length < end + 4 + length ? undefined : Number(text.slice(9, 12));
}
