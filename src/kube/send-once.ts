// One sending of one request: credentials, headers, agent, and a word to whoever counts.
import type { OutgoingHttpHeaders } from 'node:http';
import type { ClientParts } from './client-parts.ts';
import type { KubeRequest } from './client.ts';
import { isDistrust } from './errors-of-connections.ts';
import { toRequestInfo } from './request-info.ts';
import type { AgentUse } from './transport/agents.ts';
import { exchange, type Answer } from './transport/transport.ts';

/** How to send. */
export interface SendOptions {
  signal: AbortSignal;
  /** `call` by default. */
  use?: AgentUse;
  /** The client's where it is left out. */
  idleTimeoutMs?: number | undefined;
}

/** Resolves with the headers of whatever answer there is. @throws NoAnswer, TimedOut, the signal's reason, errors of credentials */
export async function sendOnce(
  parts: ClientParts,
  request: KubeRequest,
  { signal, use = 'call', idleTimeoutMs = parts.idleTimeoutMs }: SendOptions,
): Promise<Answer> {
  const { headers, certificate } = await parts.authenticator.credentials(signal);
  const body = toBody(request.body);
  const report = (status: number | undefined) => parts.onSent?.({ ...toRequestInfo(request), status });
  const send = () =>
    exchange({
      method: request.method,
      url: toUrl(parts.server, request),
      headers: { ...toHeaders(parts, request, body, use), ...(headers as OutgoingHttpHeaders) },
      body,
      signal,
      agent: parts.agentFor(certificate, use),
      connectTimeoutMs: parts.connectTimeoutMs,
      idleTimeoutMs,
    });
  const { version } = parts.trust;
  try {
    const answer = await send().catch((error: unknown) => {
      // Nothing was sent to a server that is not trusted, so that nothing is done twice.
      if (!isDistrust(error) || !parts.trust.renewSince(version)) throw error;
      return send();
    });
    report(answer.status);
    return answer;
  } catch (error) {
    if (!signal.aborted) report(undefined);
    throw error;
  }
}

/** Where a request goes. */
export function toUrl(server: URL, { path, query = {} }: Pick<KubeRequest, 'path' | 'query'>): URL {
  // The server may live below a path: https://proxy/k8s/clusters/c-1
  const url = new URL(server.href.replace(/\/+$/, '') + path);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
}

/** Streams are not compressed: each event would wait in the compressor for the next one. */
function toHeaders(
  { userAgent, isCompressed }: ClientParts,
  { accept = 'application/json', contentType = 'application/json' }: KubeRequest,
  body: string | undefined,
  use: AgentUse,
): OutgoingHttpHeaders {
  return {
    accept,
    'user-agent': userAgent,
    ...(isCompressed && use === 'call' ? { 'accept-encoding': 'gzip' } : {}),
    ...(body === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(body) }),
  };
}

function toBody(body: unknown): string | undefined {
  return body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
}
