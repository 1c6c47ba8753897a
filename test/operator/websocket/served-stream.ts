// A stream on a real TLS socket of loopback, and callers that keep to the rules or do not.
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { WebSocket } from 'ws';
import { createAccess } from '../../../operator/access/create-access.ts';
import { createAuthenticator } from '../../../operator/access/create-authenticator.ts';
import type { ClientAuthorities } from '../../../operator/access/client-authorities.ts';
import { createSelfSigned, type KeyPair } from '../../../operator/certificates/self-signed.ts';
import { parseBundle, type TrustedCertificate } from '../../../operator/certificates/trusted-certificate.ts';
import { systemClock, type Clock } from '../../../operator/manager/clock.ts';
import { createMetrics } from '../../../operator/manager/metrics.ts';
import { createStream, type StreamParts } from '../../../operator/websocket/create-stream.ts';
import type { HelloMessage } from '../../../src/protocol/messages.ts';
import { createMemoryLogger } from '../manager/memory-logger.ts';
import { Follower, host, RawCaller, type TurnedAway } from './callers.ts';
import { PlayedHub } from './played-hub.ts';
import { PlayedPeople } from './played-people.ts';

/** How to call. */
export interface Call {
  token?: string | undefined;
  path?: string;
  headers?: Readonly<Record<string, string>>;
  /** Of the client. */
  certificate?: { certificate: string; key: string };
}

/** A stream that listens; alice has the token `alice`, and bob `bob`. */
export class ServedStream {
  readonly logger = createMemoryLogger();
  readonly metrics = createMetrics();
  readonly people = new PlayedPeople();
  readonly hub = new PlayedHub();
  /** Whether the CAs of client certificates have been read. */
  areAuthoritiesKnown = true;
  now = Date.parse('2026-11-23T12:00:00Z');
  readonly #stopping = new AbortController();
  readonly #stream;
  readonly #clients: WebSocket[] = [];
  readonly #sockets: TLSSocket[] = [];
  readonly #certificateListeners = new Set<(pair: KeyPair) => void>();
  readonly #authorityListeners = new Set<() => void>();
  #trusted: readonly TrustedCertificate[] = [];
  #pair: KeyPair | undefined;

  constructor({ clock = systemClock, ...parts }: Partial<StreamParts> & { clock?: Clock } = {}) {
    for (const username of ['alice', 'bob']) this.people.users.set(username, { username });
    const now = (): number => this.now;
    const access = createAccess(this.people.client, () => clock.now(), {
      audience: 'dorgu-operator',
      grantedMs: 60_000,
      refusedMs: 10_000,
      mostKept: 100,
      mostAtOnce: 20,
      mostWaiting: 1000,
    });
    const authorities = this.#authorities();
    this.#stream = createStream({
      address: { host: '127.0.0.1', port: 0 },
      hosts: [host],
      hub: this.hub,
      access,
      authorities,
      authenticator: createAuthenticator({ access, authorities, now }),
      certificate: {
        get: () => this.#pair,
        subscribe: (listener) => {
          this.#certificateListeners.add(listener);
          return () => this.#certificateListeners.delete(listener);
        },
      },
      signal: this.#stopping.signal,
      logger: this.logger,
      metrics: this.metrics,
      version: '0.0.0',
      clock,
      now,
      random: () => 0.5,
      ...parts,
    });
  }

  get port(): number {
    return this.#stream.port ?? 0;
  }

  async start(): Promise<this> {
    await this.certify();
    await this.#stream.start();
    return this;
  }

  /** A certificate, or another one. */
  async certify(...names: string[]): Promise<void> {
    this.#pair = await createSelfSigned('stream', [names[0] ?? host], Date.now());
    for (const listener of this.#certificateListeners) listener(this.#pair);
  }

  /** CAs of client certificates, PEM. */
  trust(bundle: string): void {
    this.#trusted = parseBundle(bundle);
    for (const listener of this.#authorityListeners) listener();
  }

  whyNotReady(): string | undefined {
    return this.#stream.whyNotReady();
  }

  /** SIGTERM, as far as the stream hears of it. */
  tellToStop(): void {
    this.#stopping.abort();
  }

  async stop(): Promise<void> {
    this.tellToStop();
    await this.#stream.stop();
    for (const client of this.#clients) client.terminate();
    for (const socket of this.#sockets) socket.destroy();
  }

  /** A connection that is let in, its `hello` said. */
  async follow(call: Call = {}): Promise<Follower & { greeting: HelloMessage }> {
    const follower = new Follower(this.#open(call));
    const turnedAway = await follower.opened;
    if (turnedAway !== undefined) throw new Error(`not let in: ${turnedAway.status} ${turnedAway.text}`);
    return Object.assign(follower, { greeting: await follower.hear('hello') });
  }

  /** What somebody is told who is not let in. */
  async knock(call: Call = {}): Promise<TurnedAway> {
    const follower = new Follower(this.#open(call));
    const turnedAway = await follower.opened;
    if (turnedAway === undefined) throw new Error('expected not to be let in');
    return turnedAway;
  }

  /** A connection of one's own bytes, past the handshake of TLS. */
  open(options: ConnectionOptions = {}): Promise<RawCaller> {
    return new Promise((resolve, reject) => {
      const socket = connect(
        { host: '127.0.0.1', port: this.port, rejectUnauthorized: false, ...options },
        () => resolve(new RawCaller(socket)),
      );
      this.#sockets.push(socket);
      socket.once('error', reject);
    });
  }

  /** The value of a metric, its labels as in /metrics. */
  async metric(name: string): Promise<number> {
    const text = await this.metrics.registry.metrics();
    const line = text.split('\n').find((one) => one.startsWith(`${name} `));
    return Number(line?.split(' ')[1] ?? 0);
  }

  /** Fields of the log's lines of this message. */
  said(message: string): readonly object[] {
    return this.logger.lines.filter((line) => line.message === message).map(({ fields }) => fields);
  }

  #open({ token = 'alice', path = '/ws', headers = {}, certificate }: Call): WebSocket {
    const tls: ConnectionOptions = { rejectUnauthorized: false, servername: host };
    const socket = new WebSocket(`wss://127.0.0.1:${this.port}${path}`, {
      ...tls,
      perMessageDeflate: true,
      headers: { host, ...(token === '' ? {} : { authorization: `Bearer ${token}` }), ...headers },
      ...(certificate === undefined ? {} : { cert: certificate.certificate, key: certificate.key }),
    });
    this.#clients.push(socket);
    return socket;
  }

  #authorities(): ClientAuthorities {
    const trusted = (): readonly TrustedCertificate[] => this.#trusted;
    const isKnown = (): boolean => this.areAuthoritiesKnown;
    const listeners = this.#authorityListeners;
    return {
      get trusted() {
        return trusted();
      },
      get isKnown() {
        return isKnown();
      },
      subscribe: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    };
  }
}
