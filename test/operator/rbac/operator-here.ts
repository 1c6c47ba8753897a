// An operator in this process, with an account and rights of a test's choice; what it logs is kept.
import { request } from 'node:https';
import { hostname, tmpdir } from 'node:os';
import { WebSocket } from 'ws';
import { parseOptions } from '../../../operator/options.ts';
import { runOperator } from '../../../operator/run-operator.ts';
import { waitUntil } from '../../cluster/wait-until.ts';
import { createMemoryLogger, type MemoryLogger } from '../manager/memory-logger.ts';

/** It, until it is stopped. */
export interface OperatorHere {
  logger: MemoryLogger;
  /** Everything above debug, errors with their words, one line each. */
  log(): string[];
  /** GET /metrics. */
  scrape(token: string): Promise<{ status: number; text: string }>;
  /** Follows what the stream tells of events, as whoever has the token; until it is stopped. */
  follow(token: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it; ready or not. */
export function startOperatorHere(kubeconfig: string, flags: readonly string[]): OperatorHere {
  const logger = createMemoryLogger();
  const addresses = ['--metrics-bind-address=127.0.0.1:0', '--health-probe-bind-address=0'];
  const invocation = parseOptions([`--kubeconfig=${kubeconfig}`, ...addresses, ...flags], {});
  if (invocation.kind !== 'run') throw new Error('expected options to run with');
  const ending = new AbortController();
  const running = runOperator(invocation.options, {
    surroundings: { env: {}, home: tmpdir(), cwd: tmpdir(), hostname: hostname(), readText: () => undefined },
    logger,
    signal: ending.signal,
  });
  const findPort = (endpoint: string) => () =>
    logger.lines.find(({ fields }) => fields['endpoint'] === endpoint)?.fields['port'];
  const followers: WebSocket[] = [];
  return {
    logger,
    log: () => logger.lines.filter(({ level }) => level !== 'debug').map(toText),
    scrape: async (token) => {
      const port = await waitUntil('the endpoint', findPort('metrics'), { timeoutMs: 10_000 });
      return ask(Number(port), token);
    },
    follow: async (token) => {
      const port = await waitUntil('the stream', findPort('stream'), { timeoutMs: 10_000 });
      const isServed = () =>
        logger.lines.some(({ message }) => message.startsWith('Serving certificate')) || undefined;
      await waitUntil('a certificate', isServed, { timeoutMs: 10_000 });
      followers.push(await openStream(Number(port), token));
    },
    stop: () => {
      for (const follower of followers) follower.terminate();
      ending.abort();
      return running;
    },
  };
}

function toText({ message, fields }: MemoryLogger['lines'][number]): string {
  const values = Object.values(fields).map((value) =>
    value instanceof Error ? value.message : String(value),
  );
  return [message, ...values].join(' ');
}

/** Once it is let in. */
function openStream(port: number, token: string): Promise<WebSocket> {
  const headers = { host: 'dorgu-stream.dorgu-system.svc', authorization: `Bearer ${token}` };
  const socket = new WebSocket(`wss://127.0.0.1:${port}/ws`, { headers, rejectUnauthorized: false });
  return new Promise((done, fail) => {
    socket.on('error', fail);
    socket.once('open', () => {
      socket.send(JSON.stringify({ type: 'subscribe', topic: 'events' }));
      done(socket);
    });
  });
}

/** The certificate is the operator's own, of this moment. */
function ask(port: number, token: string): Promise<{ status: number; text: string }> {
  const headers = { authorization: `Bearer ${token}` };
  return new Promise((done, fail) => {
    const options = { host: '127.0.0.1', port, path: '/metrics', headers, rejectUnauthorized: false };
    const asked = request(options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => done({ status: response.statusCode ?? 0, text }));
    });
    asked.on('error', fail).end();
  });
}
