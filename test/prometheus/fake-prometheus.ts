// A server in the place of Prometheus that answers as told, for what a real one never does.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A request as it came. */
export interface SeenRequest {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  form: URLSearchParams;
}

/** Writes an answer, or leaves it. */
export type Answerer = (response: ServerResponse, request: SeenRequest) => void;

/** A running one. */
export interface FakePrometheus {
  url: string;
  seen: SeenRequest[];
  /** How many requests were under way at once, at most. */
  mostAtOnce(): number;
  answer(answerer: Answerer): void;
  /** Closes the connections that nobody uses now. */
  closeIdle(): void;
  stop(): Promise<void>;
}

/** On loopback; with TLS where it is given a key and a certificate. */
export async function startFakePrometheus(tls?: { key: string; cert: string }): Promise<FakePrometheus> {
  const seen: SeenRequest[] = [];
  let answerer: Answerer = answerVector([]);
  let [underWay, most] = [0, 0];
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    underWay += 1;
    most = Math.max(most, underWay);
    response.once('close', () => (underWay -= 1));
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const one = { method, path, headers, form: new URLSearchParams(Buffer.concat(chunks).toString()) };
      seen.push(one);
      answerer(response, one);
    });
  };
  const server: Server = tls === undefined ? createServer(handle) : createTlsServer(tls, handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    mostAtOnce: () => most,
    answer: (next) => (answerer = next),
    closeIdle: () => server.closeIdleConnections(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An answer with these series. */
export function answerVector(result: readonly unknown[], more: object = {}): Answerer {
  return answerText(
    200,
    JSON.stringify({ status: 'success', data: { resultType: 'vector', result }, ...more }),
  );
}

/** Any answer. */
export function answerText(
  status: number,
  text: string | Buffer,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Answerer {
  return (response) => void response.writeHead(status, headers).end(text);
}

/** An instant's series of a container. */
export function vectorSeries(labels: Record<string, string>, value = '1'): object {
  return { metric: labels, value: [1_795_435_200, value] };
}
