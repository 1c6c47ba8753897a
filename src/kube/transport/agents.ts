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

/** Calls share sockets that are kept alive; each stream has one of its own, that ends with it. */
export type AgentUse = 'call' | 'stream';

/** Agents by client certificate. */
export interface Agents {
  /** @throws DorguError CertificateInvalid */
  agentFor(certificate: Credentials['certificate'], use: AgentUse): HttpAgent;
  /** Holds connections from now on to another CA; those that stand go on. @throws DorguError CertificateInvalid, and all is as before */
  trust(ca: Buffer): void;
  close(): void;
}

/** Agents for one server. A new certificate (an exec plugin gave it) closes the sockets of the old one. */
export function createAgents(first: Route): Agents {
  const ending = new AbortController();
  let route = first;
  let current: AgentPair | undefined;
  const destroy = () => {
    current?.call.destroy();
    current?.stream.destroy();
    current = undefined;
  };
  return {
    agentFor(certificate, use) {
      if (current === undefined || !isSame(current.certificate, certificate)) {
        destroy();
        current = createAgentPair(route, certificate, ending.signal);
      }
      return current[use];
    },
    trust(ca) {
      const next = { ...route, ca };
      const secureContext = createContext(next, current?.certificate);
      route = next;
      for (const agent of [current?.call, current?.stream])
        if (agent instanceof HttpsAgent) agent.options.secureContext = secureContext;
    },
    close() {
      ending.abort();
      destroy();
    },
  };
}

/** For one certificate. */
interface AgentPair extends Record<AgentUse, HttpAgent> {
  certificate: Credentials['certificate'];
}

function createAgentPair(
  route: Route,
  certificate: Credentials['certificate'],
  signal: AbortSignal,
): AgentPair {
  const context = route.server.protocol === 'http:' ? undefined : createContext(route, certificate);
  return {
    certificate,
    call: createAgent(route, context, { isKept: true, signal }),
    stream: createAgent(route, context, { isKept: false, signal }),
  };
}

function isSame(one: Credentials['certificate'], other: Credentials['certificate']): boolean {
  return one === other || (one !== undefined && one.cert === other?.cert && one.key === other.key);
}

function createAgent(
  { serverName, isInsecure, proxy, connectTimeoutMs }: Route,
  context: SecureContext | undefined,
  { isKept, signal }: { isKept: boolean; signal: AbortSignal },
): HttpAgent {
  const limits = { timeoutMs: connectTimeoutMs, signal };
  const keep = { keepAlive: isKept };
  if (context === undefined)
    return proxy === undefined ? new HttpAgent(keep) : new HttpTunnelAgent(keep, proxy, limits);
  const options: AgentOptions = {
    ...keep,
    rejectUnauthorized: !isInsecure,
    secureContext: context,
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
