// The sockets to one server: kept alive, with TLS as the kubeconfig says.
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Credentials } from '../auth/authenticator.ts';

/** How TLS is spoken with the server. */
export interface TlsSettings {
  ca: Buffer | undefined;
  serverName: string | undefined;
  isInsecure: boolean;
}

/** Agents by client certificate. */
export interface Agents {
  agentFor(certificate: Credentials['certificate']): HttpAgent;
  close(): void;
}

/** Agents for one server. A new certificate (an exec plugin gave it) closes the sockets of the old one. */
export function createAgents(server: URL, tls: TlsSettings): Agents {
  let current: { certificate: Credentials['certificate']; agent: HttpAgent } | undefined;
  return {
    agentFor(certificate) {
      if (current !== undefined && isSame(current.certificate, certificate)) return current.agent;
      current?.agent.destroy();
      current = { certificate, agent: createAgent(server, tls, certificate) };
      return current.agent;
    },
    close() {
      current?.agent.destroy();
      current = undefined;
    },
  };
}

function isSame(one: Credentials['certificate'], other: Credentials['certificate']): boolean {
  return one === other || (one !== undefined && one.cert === other?.cert && one.key === other.key);
}

function createAgent(server: URL, tls: TlsSettings, certificate: Credentials['certificate']): HttpAgent {
  if (server.protocol === 'http:') return new HttpAgent({ keepAlive: true });
  return new HttpsAgent({
    keepAlive: true,
    rejectUnauthorized: !tls.isInsecure,
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
    ...(tls.serverName === undefined ? {} : { servername: tls.serverName }),
    ...certificate,
  });
}
