// The stream's port of a played operator, over TLS with an authority of its own, on loopback.
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { JsonGeneralName } from '@peculiar/x509';
import { WebSocketServer } from 'ws';
import { PlayedOperator } from '../../socket/played-operator.ts';
import { createAuthority, type Authority } from '../certificates.ts';

/** One that listens. */
export interface TlsStream {
  readonly authority: Authority;
  readonly port: number;
  /** The Authorization header of each connection, in order. */
  readonly shown: (string | undefined)[];
  /** Who is behind it from now on. */
  operator: PlayedOperator;
  /** A new operator with one persona, `web`, that nobody has connected to. */
  renew: () => void;
  stop: () => void;
}

/** Starts one whose certificate bears these names. */
export async function startTlsStream(names: readonly JsonGeneralName[]): Promise<TlsStream> {
  const authority = await createAuthority('dorgu');
  const { certificate: cert, key } = await authority.issueServing('stream', names);
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer({ cert, key });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const stream: TlsStream = {
    authority,
    port: (server.address() as AddressInfo).port,
    shown: [],
    operator: new PlayedOperator(),
    renew: () => {
      stream.operator = new PlayedOperator();
      stream.operator.put('web');
      stream.shown.length = 0;
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  server.on('upgrade', (request, socket, head) => {
    stream.shown.push(request.headers.authorization);
    sockets.handleUpgrade(request, socket, head, (accepted) => stream.operator.accept(accepted));
  });
  return stream;
}
