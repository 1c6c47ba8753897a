// A load balancer in front of the real API server that knows nothing of TLS: it passes bytes on, keeps them, or hangs up.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A running relay. */
export interface TcpRelay {
  /** `https://127.0.0.1:port`; the certificate behind it is the API server's own. */
  url: string;
  /** Keeps every connection, takes new ones, and passes nothing on, neither way. */
  freeze(): void;
  /** Goes on as if nothing had been, with what came meanwhile. */
  thaw(): void;
  /** Breaks every connection: watches have to be asked for again. */
  hangUp(): void;
  close(): Promise<void>;
}

/** Starts it on loopback, before a server at this URL. */
export async function startTcpRelay(target: string): Promise<TcpRelay> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isFrozen = false;
  const keep = (socket: Socket, other: Socket): void => {
    sockets.add(socket);
    socket.pipe(other);
    if (isFrozen) socket.pause();
    // An end that was orderly is piped.
    socket.on('error', () => other.destroy());
    socket.once('close', () => {
      sockets.delete(socket);
      if (!other.writableEnded) other.destroy();
    });
  };
  const server = createServer((client) => {
    const upstream = connect({ host: hostname, port: Number(port) });
    keep(client, upstream);
    keep(upstream, client);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    freeze: () => {
      isFrozen = true;
      for (const socket of sockets) socket.pause();
    },
    thaw: () => {
      isFrozen = false;
      for (const socket of sockets) socket.resume();
    },
    hangUp,
    close: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      hangUp();
      await closed;
    },
  };
}
