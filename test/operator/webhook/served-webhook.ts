// A webhook on a real TLS socket of loopback, and callers that keep to the rules or do not.
import { Agent, request } from 'node:https';
import { connect, type TLSSocket } from 'node:tls';
import { createSelfSigned, type KeyPair } from '../../../operator/certificates/self-signed.ts';
import { createMetrics } from '../../../operator/manager/metrics.ts';
import { createWebhook, type WebhookParts } from '../../../operator/webhook/create-webhook.ts';
import { createMemoryLogger } from '../manager/memory-logger.ts';
import { createDeployment, createPersona } from '../objects.ts';
import { HeldCaches } from '../held-cache.ts';
import { watchedPersonas } from '../../../operator/watched/personas.ts';
import { formatReview, toRequest } from './world.ts';

/** What a caller was told. */
export interface Told {
  status: number;
  text: string;
  headers: Record<string, string | string[] | undefined>;
}

/** A review of 1 KB that is admitted. */
export const goodBody = formatReview(
  toRequest(createDeployment('shop', { podSpec: { securityContext: { runAsNonRoot: true } } })),
);

/** A webhook that listens. */
export class ServedWebhook {
  readonly logger = createMemoryLogger();
  readonly metrics = createMetrics();
  readonly caches = new HeldCaches();
  readonly #stopping = new AbortController();
  readonly #webhook;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 50, rejectUnauthorized: false });
  readonly #listeners = new Set<(pair: KeyPair) => void>();
  #pair: KeyPair | undefined;

  constructor(parts: Partial<WebhookParts> = {}) {
    const security = { runAsNonRoot: true, readOnlyRootFilesystem: false, allowPrivilegeEscalation: true };
    const policies = { security };
    this.caches.get(watchedPersonas).put('store/shop', createPersona('shop', { policies }));
    this.#webhook = createWebhook({
      address: { host: '127.0.0.1', port: 0 },
      mode: 'enforcing',
      caches: this.caches,
      certificate: {
        get: () => this.#pair,
        subscribe: (listener) => {
          this.#listeners.add(listener);
          return () => this.#listeners.delete(listener);
        },
      },
      signal: this.#stopping.signal,
      logger: this.logger,
      metrics: this.metrics,
      now: Date.now,
      drainTimes: { leastMs: 0, quietMs: 0, mostMs: 500 },
      ...parts,
    });
  }

  get port(): number {
    return this.#webhook.port ?? 0;
  }

  async start(): Promise<this> {
    await this.certify();
    await this.#webhook.start();
    return this;
  }

  /** A certificate, or another one. */
  async certify(name = 'localhost'): Promise<void> {
    this.#pair = await createSelfSigned(name, [name], Date.now());
    for (const listener of this.#listeners) listener(this.#pair);
  }

  whyNotReady(): string | undefined {
    return this.#webhook.whyNotReady();
  }

  /** SIGTERM, as far as the webhook hears of it. */
  tellToStop(): void {
    this.#stopping.abort();
  }

  async stop(): Promise<void> {
    this.tellToStop();
    await this.#webhook.stop();
    this.#agent.destroy();
  }

  /** A call of a caller who keeps to the rules. */
  call(
    body: string | Buffer,
    options: { method?: string; path?: string; headers?: object } = {},
  ): Promise<Told> {
    const { method = 'POST', path = '/validate-deployment?timeout=3s', headers = {} } = options;
    const sent: Record<string, unknown> = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...headers,
    };
    if (sent['transfer-encoding'] !== undefined) delete sent['content-length'];
    return new Promise((resolve, reject) => {
      const call = request(
        {
          ...{ host: '127.0.0.1', port: this.port, agent: this.#agent, method, path },
          headers: sent as Record<string, string>,
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              text: Buffer.concat(chunks).toString(),
              headers: response.headers,
            }),
          );
        },
      );
      call.on('error', reject);
      call.end(body);
    });
  }

  /** A connection for a caller who does not. */
  open(): Promise<RawConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port: this.port, rejectUnauthorized: false }, () =>
        resolve(new RawConnection(socket)),
      );
      socket.once('error', reject);
    });
  }

  /** The value of a metric, its labels as in /metrics. */
  async metric(name: string): Promise<number> {
    const line = (await this.metrics.registry.metrics())
      .split('\n')
      .find((one) => one.startsWith(`${name} `));
    return Number(line?.split(' ')[1] ?? 0);
  }
}

/** Bytes of one's own choice. */
export class RawConnection {
  readonly socket: TLSSocket;
  /** Everything that came back, once the other side has closed. */
  readonly ended: Promise<string>;
  #text = '';

  constructor(socket: TLSSocket) {
    this.socket = socket;
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => (this.#text += chunk.toString('latin1')));
    this.ended = new Promise((resolve) => void socket.once('close', () => resolve(this.#text)));
  }

  get text(): string {
    return this.#text;
  }

  write(text: string): this {
    this.socket.write(text);
    return this;
  }
}

/** The head of a call. */
export function formatHead(headers: Readonly<Record<string, string | number>>): string {
  const lines = Object.entries({ host: 'x', 'content-type': 'application/json', ...headers });
  return `POST /validate-deployment HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}
