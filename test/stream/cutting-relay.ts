// A wire that breaks: passes bytes on to a server until a random one, and cuts the connection there, in the middle of whatever it was.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A running one. */
export interface CuttingRelay {
  readonly port: number;
  /** Connections that were cut so far. */
  readonly cuts: number;
  /** Connections that are open. */
  readonly open: number;
  /** Where it leads; connections that are open stay. */
  target: number;
  /** From now on, or no longer. */
  isCutting: boolean;
  /** Breaks what is open. */
  hangUp(): void;
  close(): Promise<void>;
}

/** Starts it on loopback. `chooseBytes` says for each connection how many bytes of both directions it lives. */
export async function startCuttingRelay(target: number, chooseBytes: () => number): Promise<CuttingRelay> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect({ host: '127.0.0.1', port: relay.target });
    let left = chooseBytes();
    const cut = (): void => {
      if (near.destroyed) return;
      state.cuts += 1;
      near.resetAndDestroy();
      far.resetAndDestroy();
    };
    const pass = (from: Socket, to: Socket): void => {
      sockets.add(from);
      from.setNoDelay(true);
      from.on('data', (bytes: Buffer) => {
        const isLast = relay.isCutting && bytes.length >= left;
        // What comes before the cut arrives: it is handed over before the connection breaks.
        if (isLast) to.write(bytes.subarray(0, left), cut);
        else to.write(bytes);
        left -= bytes.length;
        if (isLast) from.pause();
      });
      from.on('error', () => undefined);
      from.once('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    };
    pass(near, far);
    pass(far, near);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()));
  const state = { cuts: 0 };
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const relay: CuttingRelay = {
    port: (server.address() as AddressInfo).port,
    get cuts() {
      return state.cuts;
    },
    get open() {
      return sockets.size / 2;
    },
    target,
    isCutting: true,
    hangUp,
    close: async () => {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      hangUp();
      await closed;
    },
  };
  return relay;
}
