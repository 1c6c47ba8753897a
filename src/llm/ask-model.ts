// Asks a language model once, bounded in time and size, with one more attempt where the server is busy.
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { findEnvironmentProxy } from '../kube/transport/proxy-environment.ts';
import { HttpsTunnelAgent, HttpTunnelAgent } from '../kube/transport/tunnel-agent.ts';
import { LlmError } from './llm-error.ts';
import type { ChatMessage } from './prompt.ts';
import type { LlmEndpoint } from './providers.ts';

/** What bounds the question. */
export interface AskOptions {
  env: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal;
  /** Of one attempt, default 60,000. */
  timeoutMs?: number;
  /** Before the second attempt where the server does not say, default 1,000. */
  retryDelayMs?: number;
}

const defaultTimeoutMs = 60_000;
const defaultRetryDelayMs = 1000;
const maxRetryDelayMs = 10_000;

/** More than any description is long. */
const maxAnswerBytes = 256 * 1024;

/** The body of the answer. @throws LlmError, or the reason of the signal */
export async function askModel(
  endpoint: LlmEndpoint,
  messages: readonly ChatMessage[],
  options: AskOptions,
): Promise<string> {
  try {
    return await askOnce(endpoint, messages, options);
  } catch (error) {
    if (!(error instanceof LlmError) || error.code !== 'Busy') throw error;
    const waitMs = error.retryAfterMs ?? options.retryDelayMs ?? defaultRetryDelayMs;
    await delay(Math.min(waitMs, maxRetryDelayMs), undefined, { signal: options.signal });
    return askOnce(endpoint, messages, options);
  }
}

async function askOnce(
  { url, model, key }: LlmEndpoint,
  messages: readonly ChatMessage[],
  options: AskOptions,
): Promise<string> {
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([timeout, options.signal]);
  const body = JSON.stringify({
    model,
    messages,
    temperature: 0,
    max_tokens: 2000,
    stream: false,
    response_format: { type: 'json_object' },
  });
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    'content-length': Buffer.byteLength(body),
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
  };
  try {
    const answer = await send(
      url,
      { method: 'POST', headers, signal, ...throughProxy(url, options.env, { timeoutMs, signal }) },
      body,
    );
    const text = await readText(answer);
    assertUsable(answer, url);
    return text;
  } catch (cause) {
    options.signal.throwIfAborted();
    if (cause instanceof LlmError) throw cause;
    if (timeout.aborted)
      throw new LlmError('Timeout', `${url.host} did not answer within ${timeoutMs / 1000} s`, { cause });
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new LlmError('Unreachable', `${url.host} cannot be asked: ${why}`, { cause });
  }
}

function throughProxy(
  url: URL,
  env: AskOptions['env'],
  limits: { timeoutMs: number; signal: AbortSignal },
): RequestOptions {
  const proxy = findEnvironmentProxy(env, url);
  if (proxy === undefined) return {};
  const way = { url: proxy, source: url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY' };
  return {
    agent:
      url.protocol === 'https:'
        ? new HttpsTunnelAgent({}, way, limits)
        : new HttpTunnelAgent({}, way, limits),
  };
}

function send(url: URL, options: RequestOptions, body: string): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, resolve);
  request.on('error', reject);
  request.end(body);
  return promise;
}

async function readText(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) {
      answer.destroy();
      throw new LlmError('AnswerTooLarge', `its answer is larger than ${maxAnswerBytes / 1024} KiB`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

// The server's own words may repeat the key, and are not shown.
function assertUsable({ statusCode = 0, headers }: IncomingMessage, { host }: URL): void {
  const answers = `${host} answers ${statusCode}`;
  if (statusCode === 429 || statusCode >= 500)
    throw new LlmError('Busy', answers, readRetryAfter(headers['retry-after']));
  if (statusCode === 401 || statusCode === 403)
    throw new LlmError('Refused', `${answers}: is the key right? It is read from DORGU_LLM_API_KEY`);
  if (statusCode !== 200) throw new LlmError('Refused', answers);
  if (!/^application\/json\b/i.test(headers['content-type'] ?? ''))
    throw new LlmError('AnswerInvalid', 'its answer is no JSON by its content type');
}

/** Seconds; a date is none that we go by. */
function readRetryAfter(header: string | undefined): { retryAfterMs?: number } {
  const seconds = header === undefined ? NaN : Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfterMs: seconds * 1000 } : {};
}
