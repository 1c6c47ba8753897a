// Small proxies on loopback: CONNECT over http and https, and socks5, each with a note of what it was asked for.
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import {
  connect,
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';
import type { Duplex } from 'node:stream';

/** A name that no resolver knows, and that leads through these proxies to loopback, which a client never goes to by the proxy of its environment. */
export const nameOfProxies = 'a.name.behind.the.proxy';

/** A running proxy. */
export interface TestProxy {
  port: number;
  /** `127.0.0.1:6443` for each tunnel that was asked for. */
  asked: string[];
  /** The credentials that came with it. */
  credentials: (string | undefined)[];
  stop(): Promise<void>;
}

/** A proxy for CONNECT; `refuseWith` is the status line's end (`403 Forbidden`) that it answers all with. */
export async function startConnectProxy({
  refuseWith,
  tls,
}: { refuseWith?: string; tls?: { cert: string; key: string } } = {}): Promise<TestProxy> {
  const server = tls === undefined ? createServer() : createTlsServer(tls);
  const notes = { asked: [] as string[], credentials: [] as (string | undefined)[] };
  server.on('connect', (request: IncomingMessage, client: Duplex) => {
    notes.asked.push(request.url ?? '');
    notes.credentials.push(request.headers['proxy-authorization']);
    // A client that is refused may end with a reset.
    client.on('error', () => client.destroy());
    if (refuseWith !== undefined) client.end(`HTTP/1.1 ${refuseWith}\r\n\r\n`);
    else join(client, request.url ?? '', () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
  });
  return listen(server, notes);
}

/** A proxy for socks5 without authentication. */
export async function startSocksProxy(): Promise<TestProxy> {
  const notes = { asked: [] as string[], credentials: [] as (string | undefined)[] };
  const server = createTcpServer((client: Socket) => {
    client.once('data', () => {
      client.write(Buffer.from([5, 0]));
      client.once('data', (request: Buffer) => {
        const target = readSocksTarget(request);
        notes.asked.push(target);
        join(client, target.replace('a.name.that.only.the.proxy.knows', '127.0.0.1'), () =>
          client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])),
        );
      });
    });
    client.on('error', () => client.destroy());
  });
  return listen(server, notes);
}

/** Address type 1 is IPv4, 3 a name. */
function readSocksTarget(request: Buffer): string {
  const isName = request[3] === 3;
  const length = isName ? (request[4] ?? 0) : 4;
  const start = isName ? 5 : 4;
  const address = request.subarray(start, start + length);
  const host = isName ? address.toString() : [...address].join('.');
  return `${host}:${request.readUInt16BE(start + length)}`;
}

function join(client: Duplex, target: string, onOpen: () => void): void {
  const url = new URL(`http://${target.replace(nameOfProxies, '127.0.0.1')}`);
  const upstream = connect(Number(url.port), url.hostname, () => {
    onOpen();
    upstream.pipe(client);
    client.pipe(upstream);
  });
  upstream.on('error', () => client.destroy());
  client.on('error', () => upstream.destroy());
  client.on('close', () => upstream.destroy());
}

async function listen(
  server: Server,
  notes: { asked: string[]; credentials: (string | undefined)[] },
): Promise<TestProxy> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    ...notes,
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
