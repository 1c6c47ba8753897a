// Callers of a stream: a client of `ws` that keeps all it hears, and one of one's own bytes.
import type { TLSSocket } from 'node:tls';
import type { WebSocket } from 'ws';
import type { ServerMessage } from '../../../src/protocol/messages.ts';
import { waitUntil } from '../../cluster/wait-until.ts';

/** What every stream here is served under. */
export const host = 'dorgu-stream.dorgu-system.svc';

/** What somebody was told who was not let in. */
export interface TurnedAway {
  status: number;
  text: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A client and all that it has heard. */
export class Follower {
  readonly socket: WebSocket;
  readonly messages: ServerMessage[] = [];
  /** What it was told instead of being let in. */
  readonly opened: Promise<TurnedAway | undefined>;
  /** Code and words of the end. */
  readonly closed: Promise<{ code: number; reason: string }>;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => this.messages.push(JSON.parse(data.toString()) as ServerMessage));
    this.closed = new Promise((resolve) =>
      socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    );
    this.opened = new Promise((resolve, reject) => {
      socket.once('open', () => resolve(undefined));
      socket.on('error', reject);
      socket.once('unexpected-response', (_, response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, text: text.trim(), headers: response.headers }),
        );
      });
    });
  }

  say(message: object | string): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** The next message of a type that was not taken yet; it is taken. */
  hear<T extends ServerMessage['type']>(type: T): Promise<Extract<ServerMessage, { type: T }>> {
    const take = () => {
      const index = this.messages.findIndex((message) => message.type === type);
      return index === -1
        ? undefined
        : (this.messages.splice(index, 1)[0] as Extract<ServerMessage, { type: T }>);
    };
    return waitUntil(`a message ${type}`, take, { timeoutMs: 5000, intervalMs: 2 });
  }
}

/** Bytes of one's own choice. */
export class RawCaller {
  readonly socket: TLSSocket;
  /** Everything that came back, once the other side has closed. */
  readonly ended: Promise<string>;
  readonly #chunks: Buffer[] = [];

  constructor(socket: TLSSocket) {
    this.socket = socket;
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    this.ended = new Promise((resolve) => void socket.once('close', () => resolve(this.text)));
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  get text(): string {
    return this.bytes.toString('latin1');
  }

  write(bytes: string | Buffer): this {
    this.socket.write(bytes);
    return this;
  }

  /** Asks for the upgrade as a good client does, and waits for it. */
  async upgrade(): Promise<this> {
    this.write(formatUpgrade({ authorization: 'Bearer alice' }));
    const isOpen = () => (/^HTTP\/1\.1 101 .*\r\n\r\n/s.test(this.text) ? true : undefined);
    await waitUntil('the upgrade', isOpen, { timeoutMs: 5000, intervalMs: 2 });
    return this;
  }
}

/** The head of a request for the upgrade; an empty value leaves the header out. */
export function formatUpgrade(
  headers: Readonly<Record<string, string>> = {},
  first = 'GET /ws HTTP/1.1',
): string {
  const all = {
    host,
    upgrade: 'websocket',
    connection: 'Upgrade',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  };
  const lines = Object.entries(all).filter(([, value]) => value !== '');
  return `${first}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}
