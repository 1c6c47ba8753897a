// Answers that say no, as errors: the server's Status verbatim, and what to do about it.
import { findErrorEntry, type ErrorCode, type ServerReason } from '../api/error-codes.ts';
import type { KubeRequest } from './client.ts';
import { KubeError, type KubeStatus } from './kube-error.ts';

/** What an error needs to know about the connection. */
export interface Endpoint {
  server: string;
  contextName: string | undefined;
}

/** By HTTP status: the code of answers that bring no Status, and the kind of those whose reason is in no catalogue. */
const codes = new Map<number, ErrorCode>([
  [400, 'BadRequest'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [404, 'NotFound'],
  [405, 'MethodNotAllowed'],
  [408, 'Timeout'],
  [409, 'Conflict'],
  [410, 'Expired'],
  [413, 'RequestEntityTooLarge'],
  [415, 'UnsupportedMediaType'],
  [422, 'Invalid'],
  [429, 'TooManyRequests'],
  [500, 'InternalError'],
  [503, 'ServiceUnavailable'],
  [504, 'Timeout'],
]);

/** The error of an answer other than 2xx. `body` is its text, `retryAfterMs` what its Retry-After asks for. */
export function toAnswerError(
  httpStatus: number,
  body: string,
  { server }: Endpoint,
  request: Pick<KubeRequest, 'method' | 'path'>,
  retryAfterMs?: number,
): KubeError {
  const status = parseStatus(body);
  const known = codes.get(httpStatus) ?? (httpStatus > 500 ? 'ServiceUnavailable' : 'Failed');
  const code = codeOf(status, known);
  const said = status?.message ?? '';
  return new KubeError(code, said === '' ? describeSilence(httpStatus, server, request) : said, {
    kind: (findErrorEntry(code) ?? findErrorEntry(known))?.kind ?? 'failed',
    hint: hintFor(code, request),
    httpStatus,
    retryAfterMs,
    ...(status === undefined ? { cause: summarise(body) } : { status }),
  });
}

/** The reason as it stands in the Status; `Unknown` and the like say less than the number does. */
function codeOf(status: KubeStatus | undefined, fallback: ErrorCode): ErrorCode | ServerReason {
  const reason = status?.reason ?? '';
  if (reason === '' || reason === 'Unknown' || !/^[A-Za-z]{1,64}$/.test(reason)) return fallback;
  return reason === 'Gone' ? 'Expired' : (reason as ServerReason);
}

function describeSilence(
  httpStatus: number,
  server: string,
  { method, path }: Pick<KubeRequest, 'method' | 'path'>,
): string {
  return `the API server at ${server} answered ${method} ${path} with HTTP ${httpStatus} and no reason`;
}

const busy = 'the API server is overloaded or starting: try again in a minute';

/** By code, where the server's own words seldom say what to do. */
const hints = new Map<string, string | undefined>([
  [
    'Unauthorized',
    'the credentials are wrong or have expired: log in again, or take others with --context or --user; kubectl auth whoami shows who you are',
  ],
  ['TooManyRequests', busy],
  ['ServiceUnavailable', busy],
  ['Timeout', 'the API server, or what it asked, is slow: try again in a minute'],
  ['Expired', 'the list changed while it was read: run it again'],
  ['InternalError', 'the failure is in the API server or a webhook behind it: its log says more'],
  ...(
    ['BadRequest', 'MethodNotAllowed', 'UnsupportedMediaType', 'RequestEntityTooLarge', 'Failed'] as const
  ).map((code) => [code, findErrorEntry(code)?.remedy] as const),
]);

function hintFor(code: string, { method, path }: Pick<KubeRequest, 'method' | 'path'>): string | undefined {
  if (code !== 'Forbidden') return hints.get(code);
  return `${formatAccessQuestion(method, path)} asks whether you may; --context or --user takes other credentials`;
}

const verbs = { GET: 'get', POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' } as const;

/** `kubectl auth can-i` for a path; words that a shell would read are left out. */
function formatAccessQuestion(method: KubeRequest['method'], path: string): string {
  const match =
    /^\/(?:api|apis\/(?<group>[a-z0-9.-]+))\/[a-z0-9]+(?:\/namespaces\/(?<namespace>[a-z0-9-]+))?\/(?<plural>[a-z0-9]+)(?<name>\/[^/]+)?(?:\/(?<sub>[a-z]+))?$/.exec(
      path,
    );
  const { group, namespace, plural, name, sub } = match?.groups ?? {};
  if (plural === undefined) return 'kubectl auth can-i --list';
  const verb = method === 'GET' && name === undefined ? 'list' : verbs[method];
  const resource = group === undefined ? plural : `${plural}.${group}`;
  const parts = ['kubectl auth can-i', verb, resource];
  if (sub !== undefined) parts.push(`--subresource=${sub}`);
  if (namespace !== undefined) parts.push('-n', namespace);
  return parts.join(' ');
}

/** The Status in a body; undefined where it holds none. */
export function parseStatus(body: string): KubeStatus | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return undefined;
  }
  return isStatus(parsed) ? parsed : undefined;
}

/** Texts are checked, for they go into messages; the rest is passed on verbatim. */
function isStatus(value: unknown): value is KubeStatus {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, message, reason } = value as Record<string, unknown>;
  const isTextOrAbsent = (text: unknown) => text === undefined || typeof text === 'string';
  return kind === 'Status' && isTextOrAbsent(message) && isTextOrAbsent(reason);
}

/** The start of a body that is no Status, on one line. */
export function summarise(body: string): string | undefined {
  const text = body.slice(0, 2000).replace(/\s+/g, ' ').trim();
  if (text === '') return undefined;
  return `it said: ${text.length > 200 ? `${text.slice(0, 200)}…` : text}`;
}
