// The client of one API server: requests with credentials, time limits and second attempts.
import type { Agent as HttpAgent, OutgoingHttpHeaders } from 'node:http';
import type { Authenticator, Credentials } from './auth/authenticator.ts';
import type { KubeClient, KubeRequest, KubeResponse } from './client.ts';
import { toAnswerError } from './errors-of-answers.ts';
import { toConnectionError } from './errors-of-connections.ts';
import { parseAnswer } from './parse-answer.ts';
import { createRetryBudget, parseRetryAfter, type RetryPolicy } from './retry.ts';
import { createDeadline } from './transport/deadline.ts';
import { BrokenBody, readBody } from './transport/read-body.ts';
import { exchange, NoAnswer, type Answer } from './transport/transport.ts';
import { parseWarnings } from './warnings.ts';

/** What a client is made of. */
export interface ClientParts {
  server: URL;
  namespace: string;
  contextName: string | undefined;
  clusterName: string | undefined;
  userAgent: string;
  authenticator: Authenticator;
  /** The agent for a client certificate; the same one for the same certificate. */
  agentFor(certificate: Credentials['certificate']): HttpAgent;
  closeAgents(): void;
  /** 0: no limit. */
  requestTimeoutMs: number;
  connectTimeoutMs: number;
  idleTimeoutMs: number;
  isCompressed: boolean;
  retry: RetryPolicy;
  signal: AbortSignal | undefined;
  onWarning: ((text: string) => void) | undefined;
}

/** An answer with its body read. */
interface Received {
  answer: Answer;
  text: string;
}

/** The client. */
export function createClient(parts: ClientParts): KubeClient {
  const server = parts.server.href.replace(/\/+$/, '');
  return {
    server,
    namespace: parts.namespace,
    contextName: parts.contextName,
    clusterName: parts.clusterName,
    async request<T>(request: KubeRequest): Promise<KubeResponse<T>> {
      const deadline = createDeadline(
        [parts.signal, request.signal],
        request.timeoutMs ?? parts.requestTimeoutMs,
      );
      const endpoint = { server, contextName: parts.contextName };
      try {
        const { answer, text } = await sendUntilAnswered(parts, request, deadline.signal);
        const { status, headers } = answer;
        if (status < 200 || status > 299) throw toAnswerError(status, text, endpoint, request);
        const warnings = parseWarnings(headers['warning']);
        for (const warning of warnings) parts.onWarning?.(warning);
        return { status, warnings, body: parseAnswer(text, headers['content-type'], endpoint, request) as T };
      } catch (error) {
        throw toConnectionError(error, endpoint);
      } finally {
        deadline.dispose();
      }
    },
    close: () => parts.closeAgents(),
  };
}

/** Sends until there is an answer that stands: a success, or a failure that another attempt would not change. */
async function sendUntilAnswered(
  parts: ClientParts,
  request: KubeRequest,
  signal: AbortSignal,
): Promise<Received> {
  const budget = createRetryBudget(parts.retry);
  let hasRenewed = false;
  for (;;) {
    const received = await sendOnce(parts, request, signal).catch(async (error: unknown) => {
      if (!mayRepeat(request, error) || !(await budget.wait(undefined, signal))) throw error;
      return undefined;
    });
    if (received === undefined) continue;
    const { status, headers } = received.answer;
    if (status === 401 && !hasRenewed) {
      hasRenewed = true;
      if (await parts.authenticator.renew(signal)) continue;
    }
    if (!isPutOff(request, status, headers['retry-after'])) return received;
    const retryAfterMs = parseRetryAfter(headers['retry-after'], parts.retry.now());
    if (!(await budget.wait(retryAfterMs, signal))) return received;
  }
}

async function sendOnce(parts: ClientParts, request: KubeRequest, signal: AbortSignal): Promise<Received> {
  const { headers, certificate } = await parts.authenticator.credentials(signal);
  const body = toBody(request.body);
  const answer = await exchange({
    method: request.method,
    url: toUrl(parts.server, request),
    headers: { ...toHeaders(parts, request, body), ...(headers as OutgoingHttpHeaders) },
    body,
    signal,
    agent: parts.agentFor(certificate),
    connectTimeoutMs: parts.connectTimeoutMs,
    idleTimeoutMs: parts.idleTimeoutMs,
  });
  return { answer, text: await readBody(answer.stream, signal) };
}

/** Reads, and server-side apply, which does the same when it is done twice. */
function isRepeatable({ method, contentType }: KubeRequest): boolean {
  return method === 'GET' || (method === 'PATCH' && contentType === 'application/apply-patch+yaml');
}

/** Whether a request without a whole answer may be sent again: the connection broke, and doing it twice does no harm. */
function mayRepeat(request: KubeRequest, error: unknown): boolean {
  if (!isRepeatable(request)) return false;
  if (error instanceof BrokenBody) return error.isBrokenOff;
  if (!(error instanceof NoAnswer)) return false;
  const { code } = error.cause as NodeJS.ErrnoException;
  return code === 'ECONNRESET' || code === 'EPIPE';
}

/** 429 and a Retry-After say that nothing was done; 503 without it may be anything, so that only reads go on. */
function isPutOff(request: KubeRequest, status: number, retryAfter: string | undefined): boolean {
  if (status === 429) return true;
  if (status < 500) return false;
  return retryAfter !== undefined || (status === 503 && isRepeatable(request));
}

function toUrl(server: URL, { path, query = {} }: KubeRequest): URL {
  // The server may live below a path: https://proxy/k8s/clusters/c-1
  const url = new URL(server.href.replace(/\/+$/, '') + path);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
}

function toHeaders(
  { userAgent, isCompressed }: ClientParts,
  { accept = 'application/json', contentType = 'application/json' }: KubeRequest,
  body: string | undefined,
): OutgoingHttpHeaders {
  return {
    accept,
    'user-agent': userAgent,
    ...(isCompressed ? { 'accept-encoding': 'gzip' } : {}),
    ...(body === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(body) }),
  };
}

function toBody(body: unknown): string | undefined {
  return body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
}
