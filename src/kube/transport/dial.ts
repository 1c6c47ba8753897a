// A connection to a server that is no API server: direct, or through the proxy that the environment names.
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { findEnvironmentProxy } from './proxy-environment.ts';
import { asError } from './transport.ts';
import { expectProxy, openTunnel, type TunnelLimits } from './tunnel.ts';

/** The open way to an https: address, before TLS. @throws KubeError ProxyFailed; DorguError ProxyInvalid; TimedOut; the connection's own error */
export async function dial(
  server: URL,
  env: Readonly<Record<string, string | undefined>>,
  limits: TunnelLimits,
): Promise<Duplex> {
  const target = { host: server.hostname.replace(/^\[|\]$/g, ''), port: Number(server.port || 443) };
  const proxy = findEnvironmentProxy(env, server);
  if (proxy !== undefined) return openTunnel(expectProxy(proxy, proxy.href, 'HTTPS_PROXY'), target, limits);
  return new Promise((resolve, reject) => {
    const socket = connect({ ...target, signal: limits.signal });
    socket.once('connect', () => resolve(socket));
    socket.once('error', (error) => reject(limits.signal.aborted ? asError(limits.signal.reason) : error));
  });
}
