// What the client of one API server is made of.
import type { Agent as HttpAgent } from 'node:http';
import type { Authenticator, Credentials } from './auth/authenticator.ts';
import type { SentRequest } from './request-info.ts';
import type { RetryPolicy } from './retry.ts';
import type { AgentUse } from './transport/agents.ts';
import type { Trust } from './transport/trust.ts';

/** What a client is made of. */
export interface ClientParts {
  server: URL;
  namespace: string;
  contextName: string | undefined;
  clusterName: string | undefined;
  userAgent: string;
  authenticator: Authenticator;
  /** The agent for a client certificate, for calls or for streams; the same one for the same certificate. */
  agentFor(certificate: Credentials['certificate'], use: AgentUse): HttpAgent;
  closeAgents(): void;
  trust: Trust;
  /** Over TLS, and with a certificate that is checked; false where it is left out. */
  isServerVerified?: boolean;
  /** 0: no limit. */
  requestTimeoutMs: number;
  connectTimeoutMs: number;
  idleTimeoutMs: number;
  isCompressed: boolean;
  retry: RetryPolicy;
  signal: AbortSignal | undefined;
  onWarning: ((text: string) => void) | undefined;
  /** Called once for each sending, for metrics: a request that was tried three times is three. */
  onSent: ((sent: SentRequest) => void) | undefined;
}
