// A door in front of the real API server that misbehaves as told: what it does not spoil is the real server's own answer.
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, request as requestOverTls } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { parse } from 'yaml';
import { createAuthority } from '../cluster/certificates.ts';

/** What happens to a request instead of being passed on. */
export type Fault =
  /** Answers so; `body` is sent as JSON unless it is text. */
  | { kind: 'answer'; status: number; body: unknown; headers?: Record<string, string> }
  /** Takes the request and never answers. */
  | { kind: 'stall' }
  /** Passes the first bytes of the real answer on and closes. */
  | { kind: 'cut'; afterBytes: number }
  /** Passes it on after a while, and the answer back no faster than so. */
  | { kind: 'slow'; delayMs: number; bytesPerSecond: number }
  /** Closes without an answer. */
  | { kind: 'reset' };

/** A fault for the requests that it fits, so many times (default: always). */
export interface FaultRule {
  fits: (request: { method: string; url: URL }) => boolean;
  fault: Fault;
  times?: number;
}

/** A running proxy. */
export interface FaultProxy {
  /** http://127.0.0.1:port, for a kubeconfig's `server`; https for callers who bring credentials, which are not sent otherwise. */
  url: string;
  /** Whose certificate it has, as PEM; undefined where it speaks plain HTTP. */
  authority: string | undefined;
  /** Every request seen: `GET /api/v1/pods?limit=500`. */
  seen: string[];
  /** Replaces the rules. */
  script(rules: FaultRule[]): void;
  /** Breaks every connection: watches have to be asked for again. */
  hangUp(): void;
  /** Another certificate of another CA for whoever comes from now on; all connections are broken. Resolves with the CA. https only. */
  renewIdentity(): Promise<string>;
  close(): Promise<void>;
}

interface Target {
  origin: string;
  ca: string;
  cert?: string;
  key?: string;
}

/**
 * Starts it in front of the API server of an administrator's kubeconfig, on loopback, with the administrator's rights; with the caller's own
 * (its Authorization) where `asCaller` is set.
 */
export async function startFaultProxy(kubeconfig: string, { asCaller = false } = {}): Promise<FaultProxy> {
  const { cert, key, ...rest } = readTarget(kubeconfig);
  const target = asCaller ? rest : { cert, key, ...rest };
  const seen: string[] = [];
  let rules: FaultRule[] = [];
  const tls = asCaller ? await createIdentity() : undefined;
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const method = request.method ?? '';
    const url = new URL(request.url ?? '/', 'http://proxy');
    seen.push(`${method} ${request.url ?? ''}`);
    const rule = rules.find(({ fits, times }) => times !== 0 && fits({ method, url }));
    if (rule?.times !== undefined) rule.times -= 1;
    answer(target, rule?.fault, request, response);
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  const hangUp = trackConnections(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `${asCaller ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    authority: tls?.ca,
    seen,
    script: (next) => void (rules = next.map((rule) => ({ ...rule }))),
    hangUp,
    renewIdentity: async () => {
      if (!('setSecureContext' in server)) throw new Error('plain HTTP has no identity');
      const { ca, ...own } = await createIdentity();
      server.setSecureContext(own);
      hangUp();
      return ca;
    },
    close: () => stop(server, hangUp),
  };
}

function answer(
  target: Target,
  fault: Fault | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (fault?.kind === 'answer') sendAnswer(fault, response);
  else if (fault?.kind === 'reset') request.socket.destroy();
  else if (fault?.kind === 'slow') passOnSlowly(target, fault, request, response);
  else if (fault?.kind !== 'stall') passOn(target, request, response, cutting(response, fault?.afterBytes));
}

function sendAnswer(
  { status, body, headers }: Extract<Fault, { kind: 'answer' }>,
  response: ServerResponse,
): void {
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/html' : 'application/json', ...headers });
  response.end(isText ? body : JSON.stringify(body));
}

/** Where the real answer's bytes go. */
type Writer = (chunk: Buffer) => void;

function cutting(response: ServerResponse, afterBytes = Infinity): Writer {
  let sent = 0;
  return (chunk) => {
    response.write(chunk.subarray(0, Math.max(0, afterBytes - sent)));
    sent += chunk.length;
    if (sent >= afterBytes) setImmediate(() => response.destroy());
  };
}

function passOn(
  { origin, ...tls }: Target,
  request: IncomingMessage,
  response: ServerResponse,
  write: Writer,
  end: () => void = () => response.end(),
): void {
  const { host: _, connection: __, 'accept-encoding': ___, ...headers } = request.headers;
  const upstream = requestOverTls(`${origin}${request.url ?? ''}`, {
    method: request.method ?? 'GET',
    headers,
    ...tls,
  });
  upstream.on('response', (real) => {
    response.writeHead(real.statusCode ?? 502, real.headers);
    response.flushHeaders();
    real.on('data', write);
    real.on('end', end);
    real.on('error', () => response.destroy());
  });
  upstream.on('error', () => response.destroy());
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}

const slicesPerSecond = 20;

function passOnSlowly(
  target: Target,
  { delayMs, bytesPerSecond }: Extract<Fault, { kind: 'slow' }>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  let waiting = Buffer.alloc(0);
  let isOver = false;
  const slice = Math.ceil(bytesPerSecond / slicesPerSecond);
  const timer = setInterval(() => {
    if (waiting.length > 0) response.write(waiting.subarray(0, slice));
    waiting = waiting.subarray(slice);
    if (isOver && waiting.length === 0) response.end();
  }, 1000 / slicesPerSecond);
  response.on('close', () => clearInterval(timer));
  const write = (chunk: Buffer) => void (waiting = Buffer.concat([waiting, chunk]));
  setTimeout(() => passOn(target, request, response, write, () => (isOver = true)), delayMs);
}

async function createIdentity(): Promise<{ ca: string; cert: string; key: string }> {
  const authority = await createAuthority('fault-proxy-ca');
  const names = [{ type: 'ip', value: '127.0.0.1' } as const];
  const { certificate: cert, key } = await authority.issueServing('fault-proxy', names);
  return { ca: authority.own.certificate, cert, key };
}

/** Of TCP, because closeAllConnections() leaves those whose TLS handshake is still going on, and they would keep the old certificate. */
function trackConnections(server: Server): () => void {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return () => {
    server.closeAllConnections();
    for (const socket of sockets) socket.destroy();
  };
}

async function stop(server: Server, hangUp: () => void): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()));
  hangUp();
  await closed;
}

/** The test cluster's kubeconfig holds everything inline. */
function readTarget(kubeconfig: string): Required<Target> {
  const { clusters, users } = parse(readFileSync(kubeconfig, 'utf8')) as {
    clusters: [{ cluster: Record<string, string> }];
    users: [{ user: Record<string, string> }];
  };
  const read = (fields: Record<string, string>, name: string) =>
    fields[`${name}-data`] === undefined
      ? readFileSync(fields[name] ?? '', 'utf8')
      : Buffer.from(fields[`${name}-data`] ?? '', 'base64').toString();
  const [{ cluster }] = clusters;
  const [{ user }] = users;
  return {
    origin: cluster['server'] ?? '',
    ca: read(cluster, 'certificate-authority'),
    cert: read(user, 'client-certificate'),
    key: read(user, 'client-key'),
  };
}
