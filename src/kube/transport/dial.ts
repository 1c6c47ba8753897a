// A connection to a server that is no API server: direct, or through the proxy that the environment names.
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { createDeadline } from './deadline.ts';
import { findEnvironmentProxy } from './proxy-environment.ts';
import { asError } from './transport.ts';
import { expectProxy, openTunnel, type Target, type TunnelLimits } from './tunnel.ts';

/**
 * The open way to an https: or http: address, before TLS. The limits are about the opening.
 * @throws KubeError ProxyFailed; DorguError ProxyInvalid; TimedOut; the connection's own error
 */
export async function dial(
  server: URL,
  env: Readonly<Record<string, string | undefined>>,
  { timeoutMs, signal }: TunnelLimits,
): Promise<Duplex> {
  const [port, variable] = server.protocol === 'http:' ? [80, 'HTTP_PROXY'] : [443, 'HTTPS_PROXY'];
  const target = { host: server.hostname.replace(/^\[|\]$/g, ''), port: Number(server.port || port) };
  const proxy = findEnvironmentProxy(env, server);
  // A signal of its own: the caller's would end the connection also long after it stands.
  const opening = createDeadline([signal], 0);
  try {
    if (proxy === undefined) return await dialDirectly(target, opening.signal);
    const limits = { timeoutMs, signal: opening.signal };
    return await openTunnel(expectProxy(proxy, proxy.href, variable), target, limits);
  } finally {
    opening.dispose();
  }
}

function dialDirectly(target: Target, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...target, signal });
    socket.once('connect', () => resolve(socket));
    socket.once('error', (error) => reject(signal.aborted ? asError(signal.reason) : error));
  });
}
