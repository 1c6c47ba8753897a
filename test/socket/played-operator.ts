// An operator of tests: holds personas, greets, sends states in pages and then changes; and a wire to it that breaks after so many bytes.
import { createServer, type Server } from 'node:http';
import { duplexPair, type Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { PersonaItem } from '../../src/protocol/items.ts';
import type { ClientMessage, EventType, ServerMessage } from '../../src/protocol/messages.ts';
import type { OpenStream } from '../../src/socket/open-stream.ts';

/** An item of which only name and phase matter. */
export function createPersonaItem(name: string, resourceVersion: string, phase = 'Active'): PersonaItem {
  const place = { namespace: 'shop', name, appName: name, type: 'api', tier: 'standard' };
  return { ...place, resourceVersion, phase, health: 'Healthy', createdAt: '2026-01-01T00:00:00Z' };
}

/** One that is played. */
export class PlayedOperator {
  readonly items = new Map<string, PersonaItem>();
  /** What clients have said. */
  readonly heard: ClientMessage[] = [];
  readonly sockets = new Set<WebSocket>();
  /** Items a page. */
  pageSize = 3;
  /** Asked at every subscription instead of sending the state. */
  answer: ((socket: WebSocket) => void) | undefined;
  readonly #readers = new Set<WebSocket>();
  readonly #server: WebSocketServer;
  readonly #http: Server;
  #version: number;

  /** `version`: of the cluster, before anything is put. */
  constructor({ version = 0 } = {}) {
    this.#version = version;
    this.#server = new WebSocketServer({ noServer: true });
    this.#http = createServer();
    this.#http.on('upgrade', (request, socket, head) => {
      this.#server.handleUpgrade(request, socket, head, (accepted) => this.accept(accepted));
    });
  }

  /** Makes or changes one. */
  put(name: string, phase = `p${this.#version}`): void {
    const eventType = this.items.has(name) ? 'updated' : 'created';
    const item = createPersonaItem(name, String((this.#version += 1)), phase);
    this.items.set(name, item);
    this.#tell(eventType, item);
  }

  remove(name: string): void {
    const item = this.items.get(name);
    if (item === undefined) return;
    this.items.delete(name);
    this.#tell('deleted', { ...item, resourceVersion: String((this.#version += 1)) });
  }

  /** A connection to it, broken after so many bytes of its words. */
  async open(cutAfterBytes = Infinity): Promise<OpenStream> {
    const [near, far] = createWire(cutAfterBytes);
    this.#http.emit('connection', far);
    const socket = new WebSocket('ws://operator/ws', { createConnection: () => near as never });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => {
        socket.pause();
        resolve();
      });
      socket.on('error', reject);
    });
    return { socket, onBytes: (listener) => void near.on('data', listener) };
  }

  /** Takes a connection, whoever made it. */
  accept(socket: WebSocket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.sockets.delete(socket);
      this.#readers.delete(socket);
    });
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString('utf8')) as ClientMessage;
      this.heard.push(message);
      if (message.type === 'subscribe') (this.answer ?? this.sendState.bind(this))(socket);
    });
    const payload = { protocol: 1, version: 'test', user: 'jane', limits: { subscriptions: 64 } };
    this.send(socket, { type: 'hello', timestamp: '', payload });
  }

  sendState(socket: WebSocket): void {
    const items = [...this.items.values()];
    const pages = Math.max(1, Math.ceil(items.length / this.pageSize));
    for (let page = 0; page < pages; page++) {
      const part = items.slice(page * this.pageSize, (page + 1) * this.pageSize);
      const payload = { items: part, page, isLast: page === pages - 1 };
      this.send(socket, { type: 'resync', topic: 'personas', timestamp: '', payload });
    }
    this.#readers.add(socket);
  }

  send(socket: WebSocket, message: ServerMessage): void {
    socket.send(JSON.stringify({ ...message, timestamp: '2026-01-01T00:00:00.000Z' }), () => undefined);
  }

  /** Closes all connections. */
  close(code = 1001, words = ''): void {
    for (const socket of this.sockets) socket.close(code, words);
  }

  #tell(eventType: EventType, item: PersonaItem): void {
    for (const reader of this.#readers)
      this.send(reader, { type: 'event', topic: 'personas', timestamp: '', payload: { eventType, ...item } });
  }
}

/** Two ends; what the far one says arrives until the limit is reached, and then nothing more in either direction. */
function createWire(cutAfterBytes: number): [near: Duplex, far: Duplex] {
  const [near, nearInner] = duplexPair();
  const [far, farInner] = duplexPair();
  let left = cutAfterBytes;
  for (const end of [near, nearInner, far, farInner]) end.on('error', () => undefined);
  const cut = () => {
    nearInner.end();
    near.end();
    far.destroy();
    farInner.destroy();
  };
  farInner.on('data', (bytes: Buffer) => {
    nearInner.write(bytes.subarray(0, Math.max(0, left)));
    left -= bytes.length;
    if (left <= 0) cut();
  });
  nearInner.on('data', (bytes: Buffer) => farInner.write(bytes));
  farInner.on('end', () => nearInner.end());
  nearInner.on('end', () => farInner.end());
  return [near, far];
}
