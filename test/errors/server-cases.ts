// How answers of an API server that say no are met: by a server that says so.
import type { serverErrors } from '../../src/api/error-codes/server.ts';
import { toStatus } from '../faults/api-server.ts';
import { persona, personaYaml, servePersonas, type ErrorCase } from './error-case.ts';

const isWrite = ({ method }: { method: string }) => method !== 'GET';
const isNextPage = ({ url }: { url: string }) => url.includes('continue=');
const atOnce = { 'retry-after': '0' };

/** A list that is refused. */
function listRefused(status: number, reason: string, message: string): ErrorCase {
  return {
    args: ['persona', 'list'],
    prepare: ({ server }) =>
      server.inject({ status, headers: atOnce, body: toStatus(status, reason, message) }, { times: 9 }),
    says: new RegExp(`^error: ${message}$`, 'm'),
  };
}

/** A write that is refused. */
function applyRefused(status: number, reason: string, message: string): ErrorCase {
  return {
    args: ['persona', 'apply', '-f', 'persona.yaml'],
    files: { 'persona.yaml': personaYaml() },
    prepare: ({ server }) => {
      servePersonas(server);
      server.inject({ body: persona('shop') }, { fits: ({ method }) => method === 'GET' });
      server.inject(
        { status, headers: atOnce, body: toStatus(status, reason, message) },
        { fits: isWrite, times: 9 },
      );
    },
    says: new RegExp(`^error: .*${message}$`, 'm'),
  };
}

/** By code. */
export const serverCases: Record<keyof typeof serverErrors, ErrorCase> = {
  NotFound: {
    args: ['explain', 'security/run-as-rot'],
    says: /^error: there is no rule "security\/run-as-rot"/,
  },
  Conflict: { ...applyRefused(409, 'Conflict', 'the object has been modified'), isServersWord: true },
  Unauthorized: listRefused(401, 'Unauthorized', 'Unauthorized'),
  Forbidden: listRefused(403, 'Forbidden', 'applicationpersonas is forbidden'),
  AlreadyExists: { ...applyRefused(409, 'AlreadyExists', 'shop already exists'), isServersWord: true },
  Invalid: { ...applyRefused(422, 'Invalid', 'spec.type: Unsupported value'), isServersWord: true },
  BadRequest: applyRefused(400, 'BadRequest', 'strict decoding error'),
  MethodNotAllowed: applyRefused(405, 'MethodNotAllowed', 'the server does not allow this method'),
  UnsupportedMediaType: applyRefused(
    415,
    'UnsupportedMediaType',
    'the body of the request was in an unknown format',
  ),
  RequestEntityTooLarge: applyRefused(413, 'RequestEntityTooLarge', 'limit is 3145728'),
  Expired: {
    args: ['persona', 'list', '-o', 'name'],
    json: ['persona', 'list', '-o', 'json'],
    prepare: ({ server }) => {
      servePersonas(
        server,
        Array.from({ length: 501 }, (_, index) => `shop-${index}`),
      );
      const body = toStatus(410, 'Expired', 'The provided continue parameter is too old');
      server.inject({ status: 410, body }, { fits: isNextPage, times: 99 });
    },
    says: /^error: The provided continue parameter is too old$/m,
  },
  TooManyRequests: listRefused(429, 'TooManyRequests', 'too many requests'),
  ServiceUnavailable: listRefused(503, 'ServiceUnavailable', 'the server is shutting down'),
  InternalError: applyRefused(500, 'InternalError', 'failed calling webhook'),
  Failed: {
    args: ['persona', 'list'],
    prepare: ({ server }) => server.inject({ status: 418, body: 'short and stout' }, { times: 9 }),
    says: /^error: the API server at .* answered GET .* with HTTP 418 and no reason/,
  },
};
