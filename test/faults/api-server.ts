// An API server of lists on loopback that can be told to misbehave: real sockets, with or without TLS, no Kubernetes behind them.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { createAuthority } from '../cluster/certificates.ts';

/** What one request meets instead of an answer. */
export interface Fault {
  /** Default 200. */
  status?: number;
  headers?: Readonly<Record<string, string>>;
  /** Sent as it is where it is text, as JSON otherwise. */
  body?: unknown;
  /** Closes the connection after so many bytes of the body. */
  cutAfterBytes?: number;
  /** Sends headers and so many bytes, then nothing, for ever; -1: not even headers. */
  stallAfterBytes?: number;
  /** Ends the connection without an answer. */
  isReset?: boolean;
  isZipped?: boolean;
}

/** A request as it came in. */
export interface SeenRequest {
  method: string;
  /** With its query. */
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** Which requests a fault is for: all where it is left out. */
export type Fits = (request: SeenRequest) => boolean;

interface Rule {
  fault: Fault;
  left: number;
  fits: Fits;
}

/** Serves collections page by page: `collections` maps a path to its objects. What it does not know is a Status with 404. */
export class ScriptedApiServer {
  readonly requests: SeenRequest[] = [];
  /** Sockets that clients have opened. */
  connections = 0;
  readonly collections = new Map<string, readonly object[]>();
  private readonly rules: Rule[] = [];
  private readonly server: Server;
  private readonly protocol: string;

  private constructor(tls: { cert: string; key: string } | undefined) {
    const listener = (request: IncomingMessage, response: ServerResponse) => {
      void this.answer(request, response);
    };
    this.server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
    this.protocol = tls === undefined ? 'http' : 'https';
    this.server.on('connection', () => (this.connections += 1));
  }

  /** Starts one; PEM texts make it speak TLS. */
  static async start(tls?: { cert: string; key: string }): Promise<ScriptedApiServer> {
    const started = new ScriptedApiServer(tls);
    await new Promise<void>((done) => started.server.listen(0, '127.0.0.1', done));
    return started;
  }

  /** Starts one with TLS and a certificate that only who does not look will trust. */
  static async startSecure(): Promise<ScriptedApiServer> {
    const authority = await createAuthority('nobody knows it');
    const { certificate: cert, key } = await authority.issueServing('api', [
      { type: 'ip', value: '127.0.0.1' },
    ]);
    return ScriptedApiServer.start({ cert, key });
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** https://127.0.0.1:port */
  get url(): string {
    return `${this.protocol}://127.0.0.1:${this.port}`;
  }

  /** The next `times` requests that fit meet the fault; rules are used up in their order. */
  inject(fault: Fault, { times = 1, fits = () => true }: { times?: number; fits?: Fits } = {}): void {
    this.rules.push({ fault, left: times, fits });
  }

  /** Forgets requests, connections, rules and collections. */
  reset(): void {
    this.requests.length = 0;
    this.connections = 0;
    this.rules.length = 0;
    this.collections.clear();
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((done) => this.server.close(() => done()));
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = request;
    const seen = { method, url, headers, body: Buffer.concat(chunks).toString() };
    this.requests.push(seen);
    const rule = this.rules.find(({ left, fits }) => left > 0 && fits(seen));
    if (rule !== undefined) {
      rule.left -= 1;
      misbehave(rule.fault, response);
    } else sendJson(response, ...this.list(url));
  }

  /** The token of the next page is the index of its first object. */
  private list(url: string): [number, unknown] {
    const { pathname, searchParams } = new URL(url, 'http://host');
    const objects = this.collections.get(pathname);
    if (objects === undefined) return [404, toStatus(404, 'NotFound', 'the server could not find it')];
    const start = Number(searchParams.get('continue') ?? 0);
    const end = start + Number(searchParams.get('limit') ?? objects.length);
    const isLast = end >= objects.length;
    const metadata = {
      resourceVersion: '100',
      ...(isLast ? {} : { continue: String(end), remainingItemCount: objects.length - end }),
    };
    return [200, { kind: 'List', apiVersion: 'v1', metadata, items: objects.slice(start, end) }];
  }
}

/** Kubernetes' Status of a failure. */
export function toStatus(code: number, reason: string, message: string, details?: object): object {
  return { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message, details };
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function misbehave(fault: Fault, response: ServerResponse): void {
  if (fault.isReset) response.socket?.destroy();
  else if (fault.stallAfterBytes !== -1) sendSpoiled(fault, response);
}

function sendSpoiled(fault: Fault, response: ServerResponse): void {
  const bytes = toBytes(fault);
  response.writeHead(fault.status ?? 200, {
    'content-type': 'application/json',
    'content-length': bytes.length,
    ...(fault.isZipped ? { 'content-encoding': 'gzip' } : {}),
    ...fault.headers,
  });
  const end = fault.cutAfterBytes ?? fault.stallAfterBytes ?? bytes.length;
  response.write(bytes.subarray(0, end));
  if (end === bytes.length) response.end();
  // Once the bytes are out, or nobody would see them.
  else if (fault.cutAfterBytes !== undefined) setImmediate(() => response.socket?.destroySoon());
}

function toBytes({ body = {}, isZipped = false }: Fault): Buffer {
  const plain = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return isZipped ? gzipSync(plain) : plain;
}
