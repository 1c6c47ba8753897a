// An API server of tests with a kubelet behind it: forwards any port of any pod to whatever takes its bytes, or refuses.
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { toStatus } from '../../faults/api-server.ts';

/** What a request for a forwarding looked like. */
export interface SeenForward {
  url: string;
  headers: IncomingHttpHeaders;
}

/** One that is played. */
export class PlayedKubelet {
  readonly forwards: SeenForward[] = [];
  readonly sockets = new Set<WebSocket>();
  /** Where the bytes of a port go; by default back where they come from. */
  target: ((url: string) => Duplex) | undefined;
  /** Status and words of the next answers, instead of an upgrade. */
  readonly refusals: { status: number; reason: string; message: string }[] = [];
  /** Everything that is no forwarding. */
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_, response) =>
    void response.writeHead(404).end();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => this.answer(request, response));
    const sockets = new WebSocketServer({
      noServer: true,
      handleProtocols: (offered) => (offered.has('v4.channel.k8s.io') ? 'v4.channel.k8s.io' : false),
    });
    this.#server.on('upgrade', (request, socket, head) => {
      this.forwards.push({ url: request.url ?? '', headers: request.headers });
      const refusal = this.refusals.shift();
      if (refusal === undefined)
        sockets.handleUpgrade(request, socket, head, (accepted) =>
          this.#forward(accepted, request.url ?? ''),
        );
      else refuse(socket, refusal);
    });
  }

  static async start(): Promise<PlayedKubelet> {
    const started = new PlayedKubelet();
    await new Promise<void>((done) => started.#server.listen(0, '127.0.0.1', done));
    return started;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** All forwardings end, as they do when a pod goes. */
  cut(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  /** What a kubelet says when nothing listens. */
  complain(words: string): void {
    for (const socket of this.sockets) {
      socket.send(Buffer.concat([Buffer.from([1]), Buffer.from(words)]));
      socket.close();
    }
  }

  async stop(): Promise<void> {
    this.cut();
    const closed = new Promise<void>((done) => this.#server.close(() => done()));
    this.#server.closeAllConnections();
    await closed;
  }

  #forward(socket: WebSocket, url: string): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    for (const channel of [0, 1]) socket.send(Buffer.from([channel, 0x82, 0x23]));
    const send = (bytes: Buffer) => socket.send(Buffer.concat([Buffer.from([0]), bytes]), () => undefined);
    const target = this.target?.(url);
    target?.on('error', () => undefined);
    target?.on('data', send);
    target?.on('close', () => socket.close());
    socket.on('message', (message: Buffer) => {
      const bytes = message.subarray(1);
      if (target === undefined) send(bytes);
      else target.write(bytes);
    });
    socket.on('close', () => {
      this.sockets.delete(socket);
      target?.destroy();
    });
  }
}

function refuse(
  socket: Duplex,
  { status, reason, message }: { status: number; reason: string; message: string },
): void {
  const body = JSON.stringify(toStatus(status, reason, message));
  socket.end(
    `HTTP/1.1 ${status} No\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
