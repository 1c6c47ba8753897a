// The sockets to one server: kept alive, with TLS as the kubeconfig says, through a proxy where there is one.
import { X509Certificate } from 'node:crypto';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent, type AgentOptions } from 'node:https';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import { DorguError } from '../../api/errors.ts';
import type { Credentials } from '../auth/authenticator.ts';
import { HttpsTunnelAgent, HttpTunnelAgent } from './tunnel-agent.ts';
import type { Proxy } from './tunnel.ts';

/** How the server is reached. */
export interface Route {
  server: URL;
  /** PEM; undefined: what the machine trusts. */
  ca: Buffer | undefined;
  serverName: string | undefined;
  isInsecure: boolean;
  proxy: Proxy | undefined;
  connectTimeoutMs: number;
}

/** Agents by client certificate. */
export interface Agents {
  /** @throws DorguError CertificateInvalid */
  agentFor(certificate: Credentials['certificate']): HttpAgent;
  close(): void;
}

/** Agents for one server. A new certificate (an exec plugin gave it) closes the sockets of the old one. */
export function createAgents(route: Route): Agents {
  const ending = new AbortController();
  let current: { certificate: Credentials['certificate']; agent: HttpAgent } | undefined;
  return {
    agentFor(certificate) {
      if (current !== undefined && isSame(current.certificate, certificate)) return current.agent;
      current?.agent.destroy();
      current = { certificate, agent: createAgent(route, certificate, ending.signal) };
      return current.agent;
    },
    close() {
      ending.abort();
      current?.agent.destroy();
      current = undefined;
    },
  };
}

function isSame(one: Credentials['certificate'], other: Credentials['certificate']): boolean {
  return one === other || (one !== undefined && one.cert === other?.cert && one.key === other.key);
}

function createAgent(route: Route, certificate: Credentials['certificate'], signal: AbortSignal): HttpAgent {
  const { server, serverName, isInsecure, proxy, connectTimeoutMs } = route;
  const limits = { timeoutMs: connectTimeoutMs, signal };
  if (server.protocol === 'http:')
    return proxy === undefined ? new HttpAgent({ keepAlive: true }) : new HttpTunnelAgent(proxy, limits);
  const options: AgentOptions = {
    keepAlive: true,
    rejectUnauthorized: !isInsecure,
    secureContext: createContext(route, certificate),
    ...(serverName === undefined ? {} : { servername: serverName }),
  };
  return proxy === undefined ? new HttpsAgent(options) : new HttpsTunnelAgent(options, proxy, limits);
}

/** Made once, here, so that PEM that is none is said at once and not as a failed handshake. */
function createContext({ ca, isInsecure }: Route, certificate: Credentials['certificate']): SecureContext {
  try {
    // OpenSSL passes over a CA that it cannot read; this does not.
    if (ca !== undefined && !isInsecure) new X509Certificate(ca);
    return createSecureContext({
      ...(isInsecure ? { ca: [] } : { ca: ca ?? findTrusted() }),
      ...certificate,
    });
  } catch (cause) {
    throw new DorguError('CertificateInvalid', 'expected certificates and key as PEM that belong together', {
      cause,
      hint: 'mend certificate-authority, client-certificate and client-key in the kubeconfig, or have it written anew',
    });
  }
}

/** What this machine trusts, as for kubectl; what Node trusts where the machine keeps no list. */
function findTrusted(): string[] {
  const system = getCACertificates('system');
  return system.length > 0 ? [...system, ...getCACertificates('extra')] : getCACertificates('default');
}
