// A server on loopback that speaks the chat interface, and fails as it is told to.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it came. */
export interface Asked {
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** Answers one request; `attempt` counts from 1. */
export type Behaviour = (response: ServerResponse, attempt: number) => void;

/** A running server. */
export interface ModelServer {
  url: string;
  asked: Asked[];
  close: () => Promise<void>;
}

/** What a well-behaved model answers. */
export function say(answer: unknown): Behaviour {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const content = typeof answer === 'string' ? answer : JSON.stringify(answer);
    response.end(JSON.stringify({ choices: [{ message: { role: 'assistant', content } }] }));
  };
}

/** Starts it. */
export async function startModelServer(behave: Behaviour): Promise<ModelServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      asked.push({ url: request.url ?? '', headers: request.headers, body });
      behave(response, asked.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
