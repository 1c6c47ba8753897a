// A client of the stream that shares no code with ours: it says what it is told to, and keeps what it hears.
import { connect as connectTls } from 'node:tls';
import { WebSocket } from 'ws';
import { waitUntil } from '../cluster/wait-until.ts';
import { streamHost, type Credentials } from './stage.ts';

/** A message of the server, as it came. */
export interface Heard {
  type: string;
  topic?: string;
  requestId?: string;
  payload: Record<string, unknown>;
  /** Bytes of the frame, and when it came, in milliseconds of performance.now. */
  bytes: number;
  atMs: number;
}

/** Where to call. */
export interface StreamAddress {
  port: number;
  /** PEM: of the CA in the ConfigMap. */
  authority: string;
}

/** An open connection. */
export interface StreamClient {
  readonly heard: readonly Heard[];
  /** Undefined while it is open. */
  readonly closedWith: number | undefined;
  say(message: object): void;
  /** Resolves with what came under this requestId first, a whole state or a refusal, its pages together. */
  first(requestId: string): Promise<Heard>;
  /** Stops reading, so that what is sent stays where it is. */
  pause(): void;
  resume(): void;
  close(): void;
}

/** Opens it. @throws Error with the status where the server refuses */
export async function connectStream(
  { port, authority }: StreamAddress,
  credentials: Credentials,
  headers: Record<string, string> = {},
): Promise<StreamClient> {
  const own = 'token' in credentials ? {} : { cert: credentials.certificate, key: credentials.key };
  const bearer = 'token' in credentials ? { authorization: `Bearer ${credentials.token}` } : {};
  const socket = new WebSocket(`wss://${streamHost}/ws`, {
    headers: { ...bearer, ...headers },
    perMessageDeflate: false,
    createConnection: () =>
      connectTls({ host: '127.0.0.1', port, servername: streamHost, ca: authority, ...own }),
  });
  const heard: Heard[] = [];
  let closedWith: number | undefined;
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString()) as Heard;
    heard.push({ ...message, bytes: data.length, atMs: performance.now() });
  });
  socket.on('close', (code) => (closedWith = code));
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  socket.on('error', () => undefined);
  const gather = (requestId: string): Heard | undefined => {
    const own = heard.filter((message) => message.requestId === requestId);
    const [first] = own;
    if (first === undefined || first.type !== 'resync') return first;
    const end = own.findIndex(({ payload }) => payload['isLast'] === true);
    if (end < 0) return undefined;
    const items = own.slice(0, end + 1).flatMap(({ payload }) => payload['items'] as object[]);
    return { ...first, payload: { items } };
  };
  return {
    heard,
    get closedWith() {
      return closedWith;
    },
    say: (message) => socket.send(JSON.stringify(message)),
    first: (requestId) =>
      waitUntil(`an answer to ${requestId}`, () => gather(requestId), { timeoutMs: 20_000, intervalMs: 5 }),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close: () => socket.terminate(),
  };
}
