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
  const { signal } = limits;
  return new Promise((resolve, reject) => {
    const socket = connect(target);
    // Not the socket's own option: that would end the connection also long after it stands.
    const onAbort = () => void socket.destroy(asError(signal.reason));
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    const settle = () => signal.removeEventListener('abort', onAbort);
    socket.once('connect', () => {
      settle();
      resolve(socket);
    });
    socket.once('error', (error) => {
      settle();
      reject(error);
    });
  });
}
