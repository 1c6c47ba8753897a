// Finds the literal paths that JavaScript source answers, mount prefixes included; a path whose prefix is not known is left out.
import type { Scope } from '../analyser.ts';
import { evidenceAt, findInCode, type CodeFile } from '../code/code-file.ts';
import { joinRoute, type Route } from '../code/probe-claims.ts';
import { healthRoleOf } from '../health-paths.ts';
import { createMounts, type Mounts } from './mounts.ts';
import { findFileRoutes } from './file-routes.ts';
import { findNestRoutes } from './nest-routes.ts';

const CALL =
  /\b([A-Za-z_$][\w$]{0,60})\s{0,8}\.(get|all|use|head)\(\s{0,40}(["'`])(\/[^"'`\n$]{0,120})\3\s{0,20}(,)\s{0,40}(\{)?/g;
const CHAINED =
  /(?<=\)|\n)\s{0,40}\.(get|all)\(\s{0,40}(["'`])(\/[^"'`\n$]{0,120})\2\s{0,20},\s{0,40}(?!\{)/g;
const CHAINED_ROUTE =
  /\b([A-Za-z_$][\w$]{0,60})\s{0,8}\.route\(\s{0,20}(["'`])(\/[^"'`\n$]{0,120})\2\s{0,20}\)\s{0,40}\.(?:get|all)\(/g;
const OBJECT = /\b([A-Za-z_$][\w$]{0,60})\s{0,4}\.route\(\s{0,20}\{([^{}]{1,600})/g;
const COMPARED =
  /\b(?:url|pathname|path|originalUrl)\s{0,4}={2,3}\s{0,4}(["'`])(\/[^"'`\n$]{0,120})\1|\bcase\s{1,4}(["'`])(\/[^"'`\n$]{0,120})\3\s{0,4}:/g;
const TABLE = /(["'`])(\/[^"'`\n$]{0,120})\1\s{0,4}:/g;

/** Clients whose `.get('/health', …)` asks instead of answering. */
const CLIENTS =
  /^(?:axios|https?|request|fetch|ky|got|superagent|agent|nock|supertest|client|\$?http(?:client)?|page|cy|cache|redis|map|headers|params|\w*client|\w*api)$/i;

/** The routes of a component that could be probes. */
export function findRoutes(scope: Scope, files: readonly CodeFile[]): Route[] {
  const mounts = createMounts(files, scope);
  const inCode = files.flatMap((file) => [
    ...callRoutes(file, mounts),
    ...objectRoutes(file, mounts),
    ...comparedRoutes(file),
    ...tableRoutes(file),
    ...terminusRoutes(file),
  ]);
  return [...inCode, ...findNestRoutes(files), ...findFileRoutes(scope)];
}

function callRoutes(file: CodeFile, mounts: Mounts): Route[] {
  const registered = [...findInCode(file, CALL)].filter(isRegistration).map((match) => ({
    index: match.index,
    receiver: match[1] ?? '',
    path: match[4] ?? '',
  }));
  const chained = [...findInCode(file, CHAINED_ROUTE)].map((match) => ({
    index: match.index,
    receiver: match[1] ?? '',
    path: match[3] ?? '',
  }));
  return [
    ...[...registered, ...chained]
      .filter(({ path }) => healthRoleOf(path) !== undefined)
      .flatMap(({ index, receiver, path }) => toRoutes(file, index, mounts.prefixesOf(file, receiver), path)),
    ...chainedRoutes(file, mounts),
  ];
}

// An object after the path is a handler's options for a server, and a request's for a client.
function isRegistration([, receiver = '', , , , , brace]: RegExpExecArray): boolean {
  if (CLIENTS.test(receiver)) return false;
  return brace === undefined || /^(?:app|fastify|server|instance|router|route)$/i.test(receiver);
}

// new Elysia().get('/health', …).listen(3000); new Hono().get(…)
function chainedRoutes(file: CodeFile, mounts: Mounts): Route[] {
  const start =
    /\b(?:const|let|var)\s{1,4}([A-Za-z_$][\w$]{0,60})\s{0,4}=\s{0,4}new (?:Elysia|Hono|H3)\b|\bnew Elysia\(/.exec(
      file.code,
    );
  if (!start) return [];
  return [...findInCode(file, CHAINED)].flatMap((match) => {
    const path = match[3] ?? '';
    if (healthRoleOf(path) === undefined || match.index < start.index) return [];
    const offset = match.index + match[0].indexOf('.');
    return toRoutes(file, offset, start[1] === undefined ? [''] : mounts.prefixesOf(file, start[1]), path);
  });
}

// fastify.route({ method: 'GET', url: '/health' }), hapi: server.route({ method: 'GET', path: '/health' })
function objectRoutes(file: CodeFile, mounts: Mounts): Route[] {
  return [...findInCode(file, OBJECT)].flatMap((match) => {
    const [, receiver = '', body = ''] = match;
    const path = /\b(?:url|path)\s{0,4}:\s{0,4}["'`](\/[^"'`\n$]{0,120})["'`]/.exec(body)?.[1];
    if (
      path === undefined ||
      healthRoleOf(path) === undefined ||
      !/\bmethod\s{0,4}:[^\n]{0,40}(?:GET|\*)/i.test(body)
    )
      return [];
    return toRoutes(file, match.index, mounts.prefixesOf(file, receiver), path);
  });
}

// if (req.url === '/healthz') in a server without a framework
function comparedRoutes(file: CodeFile): Route[] {
  if (!/\bcreateServer\s*\(|\bBun\.serve\(|\bnew Koa\(|\bnew App\(/.test(file.code)) return [];
  return [...findInCode(file, COMPARED)].flatMap((match) =>
    toRoutes(file, match.index, [''], match[2] ?? match[4] ?? ''),
  );
}

// Bun.serve({ routes: { '/health': … } })
function tableRoutes(file: CodeFile): Route[] {
  const serve = /\bBun\.serve\(/.exec(file.code);
  const start = serve && file.code.indexOf('routes', serve.index);
  if (start == null || start === -1) return [];
  return [...file.text.matchAll(TABLE)]
    .filter(({ index }) => index > start)
    .flatMap((match) => toRoutes(file, match.index, [''], match[2] ?? ''));
}

// createTerminus(server, { healthChecks: { '/healthz': check } }); createLightship()
function terminusRoutes(file: CodeFile): Route[] {
  const lightship = /\bcreateLightship\(/.exec(file.code);
  if (lightship) {
    const evidence = evidenceAt(file, lightship.index, 'lightship serves it');
    return ['/live', '/ready'].map((path) => ({ path, evidence, port: 9000 }));
  }
  const checks = /\bhealthChecks\s{0,4}:\s{0,4}\{/.exec(file.code);
  if (!checks || !/\bcreateTerminus\(|terminus/.test(file.text)) return [];
  const to = checks.index + 1000;
  return [...file.text.slice(0, to).matchAll(TABLE)]
    .filter(({ index }) => index > checks.index)
    .flatMap((match) => toRoutes(file, match.index, [''], match[2] ?? ''));
}

function toRoutes(file: CodeFile, offset: number, prefixes: readonly string[], path: string): Route[] {
  return prefixes.map((prefix) => {
    const whole = joinRoute(prefix, path);
    return { path: whole, evidence: evidenceAt(file, offset, `answers ${whole}`) };
  });
}
