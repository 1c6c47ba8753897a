// The client of one API server: requests with credentials, time limits and second attempts.
import type { ClientParts } from './client-parts.ts';
import type { ConnectedClient, KubeRequest, KubeResponse } from './client.ts';
import { toAnswerError } from './errors-of-answers.ts';
import { toConnectionError } from './errors-of-connections.ts';
import { parseAnswer } from './parse-answer.ts';
import { createRetryBudget, parseRetryAfter } from './retry.ts';
import { sendOnce } from './send-once.ts';
import { streamAnswer } from './stream-answer.ts';
import { identify } from './identify.ts';
import { createDeadline } from './transport/deadline.ts';
import { BrokenBody, readBody } from './transport/read-body.ts';
import { NoAnswer, type Answer } from './transport/transport.ts';
import { parseWarnings } from './warnings.ts';

/** An answer with its body read. */
interface Received {
  answer: Answer;
  text: string;
}

/** The client. */
export function createClient(parts: ClientParts): ConnectedClient {
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
        if (status < 200 || status > 299)
          throw toAnswerError(status, text, endpoint, request, retryAfterOf(parts, headers));
        const warnings = parseWarnings(headers['warning']);
        for (const warning of warnings) parts.onWarning?.(warning);
        return { status, warnings, body: parseAnswer(text, headers['content-type'], endpoint, request) as T };
      } catch (error) {
        throw toConnectionError(error, endpoint);
      } finally {
        deadline.dispose();
      }
    },
    stream: (request) => streamAnswer(parts, request),
    async openWebSocket(request) {
      // Loaded here, for few commands open one.
      const { openWebSocket } = await import('./open-web-socket.ts');
      return openWebSocket(parts, request);
    },
    identify: (options) => identify(parts, options),
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
    const received = await sendAndRead(parts, request, signal).catch(async (error: unknown) => {
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
    if (!(await budget.wait(retryAfterOf(parts, headers), signal))) return received;
  }
}

async function sendAndRead(parts: ClientParts, request: KubeRequest, signal: AbortSignal): Promise<Received> {
  const answer = await sendOnce(parts, request, { signal });
  return { answer, text: await readBody(answer.stream, signal) };
}

function retryAfterOf({ retry }: ClientParts, headers: Answer['headers']): number | undefined {
  return parseRetryAfter(headers['retry-after'], retry.now());
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
