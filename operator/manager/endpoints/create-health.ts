// /healthz and /readyz, for the kubelet and for people: what is not ready, and why.
import { createServer, type RequestListener } from 'node:http';
import type { Component } from '../component.ts';
import { escapeText } from '../log/escape-text.ts';
import { boundedServer, createListener, createRoutes, type ListenerOptions } from './listener.ts';

/** Whose readiness is asked. */
export interface HealthOptions extends Omit<ListenerOptions, 'name' | 'flag'> {
  /** Asked at each probe. */
  components: () => readonly Component[];
  /** The process is on its way out. */
  isStopping: () => boolean;
}

/** The server of the probes, over HTTP: the kubelet checks no certificate. */
export function createHealth(options: HealthOptions): Component & { readonly port: number | undefined } {
  const routes = new Map<string, RequestListener>([
    ['/healthz', (_, response) => void response.end('ok\n')],
    [
      '/readyz',
      (request, response) => {
        const isVerbose = URL.parse(request.url ?? '', 'http://host')?.searchParams.has('verbose') === true;
        const { isReady, text } = describeReadiness(options, isVerbose);
        response.writeHead(isReady ? 200 : 503).end(text);
      },
    ],
  ]);
  const listener = createListener(createServer(boundedServer, createRoutes(routes)), {
    ...options,
    name: 'health',
    flag: 'health-probe-bind-address',
  });
  // It is not asked about itself: who gets an answer knows.
  return {
    name: listener.name,
    get port() {
      return listener.port;
    },
    start: () => listener.start(),
    stop: () => listener.stop(),
    whyNotReady: () => undefined,
  };
}

/** As the API server's own: `[+]caches ok`, `[-]caches: …`. Without `?verbose` only what is missing is told. */
function describeReadiness(
  { components, isStopping }: HealthOptions,
  isVerbose: boolean,
): { isReady: boolean; text: string } {
  const checks = components().map((component) => ({ name: component.name, why: component.whyNotReady() }));
  if (isStopping()) checks.unshift({ name: 'process', why: 'stopping' });
  const failed = checks.filter(({ why }) => why !== undefined);
  const isReady = failed.length === 0;
  if (isReady && !isVerbose) return { isReady, text: 'ok\n' };
  const lines = (isVerbose ? checks : failed).map(({ name, why }) =>
    why === undefined ? `[+]${name} ok` : `[-]${name}: ${escapeText(why)}`,
  );
  return {
    isReady,
    text: [...lines, isReady ? 'readyz check passed' : 'readyz check failed', ''].join('\n'),
  };
}
