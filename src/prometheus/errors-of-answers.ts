// Whatever went wrong between a question and its answer, as one of our errors.
import type { IncomingMessage } from 'node:http';
import { NoAnswerOfPrometheus } from './cut-elements.ts';
import type { Endpoint } from './client-options.ts';
import { TooLarge } from './exchange.ts';
import { boundText, parseEnvelope, type Envelope } from './parse-answer.ts';
import { PrometheusError, type PrometheusCode } from './prometheus-error.ts';

/** No error of Prometheus is longer. */
export const maxErrorBytes = 64 * 1024;

/** Its words for an error, by kind; what is not here is a refusal. */
const codesOfErrorTypes = new Map<string, PrometheusCode>([
  ['timeout', 'PrometheusTimeout'],
  ['unavailable', 'PrometheusUnreachable'],
]);

/** An answer that has a status of Prometheus: `error`. Its words are told verbatim, bounded. */
export function toRefusal({ shown }: Endpoint, envelope: Envelope, httpStatus: number): PrometheusError {
  const { errorType, error } = envelope;
  const code = codesOfErrorTypes.get(errorType) ?? 'PrometheusRefused';
  const words = error === '' ? `HTTP ${httpStatus}` : error;
  return new PrometheusError(code, `Prometheus at ${shown} says no: ${words}`, { httpStatus, errorType });
}

/** An answer whose HTTP status is no success. `body` is its beginning. */
export function toStatusError(endpoint: Endpoint, answer: IncomingMessage, body: string): PrometheusError {
  const httpStatus = answer.statusCode ?? 0;
  const { shown } = endpoint;
  if (httpStatus === 401 || httpStatus === 403)
    return new PrometheusError(
      'PrometheusDenied',
      `Prometheus at ${shown} does not take the credentials: HTTP ${httpStatus}`,
      {
        httpStatus,
      },
    );
  const envelope = parseBody(body);
  if (envelope?.isSuccess === false) return toRefusal(endpoint, envelope, httpStatus);
  if (httpStatus >= 300 && httpStatus < 400)
    return new PrometheusError(
      'PrometheusAnswerInvalid',
      `${shown} redirects${originOf(answer)}, which is not followed`,
      {
        httpStatus,
      },
    );
  const code = codeOfStatus(httpStatus);
  return new PrometheusError(code, `${shown} answers with HTTP ${httpStatus}${firstWords(answer, body)}`, {
    httpStatus,
  });
}

function codeOfStatus(httpStatus: number): PrometheusCode {
  if (httpStatus === 504 || httpStatus === 408) return 'PrometheusTimeout';
  if (httpStatus === 429 || httpStatus >= 500) return 'PrometheusUnreachable';
  return 'PrometheusAnswerInvalid';
}

function parseBody(body: string): Envelope | undefined {
  try {
    return parseEnvelope(JSON.parse(body));
  } catch {
    return undefined;
  }
}

/** Where a redirect leads; its path and query may hold secrets. */
function originOf(answer: IncomingMessage): string {
  const { location } = answer.headers;
  if (location === undefined || !URL.canParse(location)) return '';
  const { protocol, host } = new URL(location);
  return ` to ${protocol}//${boundText(host)}`;
}

/** The beginning of an answer in plain text; pages say nothing that helps. */
function firstWords({ headers }: IncomingMessage, body: string): string {
  const words = boundText(body).slice(0, 200);
  return words !== '' && (headers['content-type'] ?? '').startsWith('text/plain') ? `: ${words}` : '';
}

/** What was thrown while it was asked. */
export function toConnectionError(
  { shown, options }: Endpoint,
  cause: unknown,
  isTimedOut: boolean,
): PrometheusError {
  if (cause instanceof PrometheusError) return cause;
  if (isTimedOut)
    return new PrometheusError('PrometheusTimeout', `Prometheus at ${shown} did not answer in time`, {
      cause: `no whole answer within ${(options.timeoutMs ?? 0) / 1000} s`,
    });
  if (cause instanceof TooLarge)
    return new PrometheusError(
      'PrometheusAnswerTooLarge',
      `the answer of Prometheus at ${shown} is too large`,
      { cause },
    );
  if (cause instanceof NoAnswerOfPrometheus)
    return new PrometheusError('PrometheusAnswerInvalid', `what answers at ${shown} is no Prometheus`, {
      cause,
    });
  return new PrometheusError('PrometheusUnreachable', `Prometheus at ${shown} does not answer`, {
    cause: describeCause(cause),
    hint: hintOf(cause),
  });
}

/** Attempts at several addresses fail together, with an empty message. */
function describeCause(error: unknown): string {
  if (error instanceof AggregateError && error.message === '')
    return error.errors.map(describeCause).join('; ');
  return boundText(error instanceof Error ? error.message : String(error));
}

const distrust = /^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|ERR_TLS_CERT|ERR_SSL_|EPROTO)/;

function hintOf(cause: unknown): string | undefined {
  const { code = '' } = cause as NodeJS.ErrnoException;
  return distrust.test(code)
    ? 'its certificate is not trusted: look at the CA file, the server name and the clock'
    : undefined;
}
