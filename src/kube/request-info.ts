// What a request asks for, in the words of RBAC and of metrics: read from its method, path and query.
import type { KubeRequest } from './client.ts';

/** Read as an API server reads it. Paths that are no resource's have an empty resource. */
export interface RequestInfo {
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection` */
  verb: string;
  /** Empty for the core group, and for paths such as /version. */
  group: string;
  /** `deployments`, `applicationpersonas/status` */
  resource: string;
}

/** One sending and how it went. */
export interface SentRequest extends RequestInfo {
  /** HTTP's; undefined where no answer came. */
  status: number | undefined;
}

const resourcePath =
  /^\/(?:api|apis\/(?<group>[^/]+))\/[^/]+(?:\/namespaces\/[^/]+(?=\/))?\/(?<plural>[^/]+)(?:\/(?<name>[^/]+))?(?:\/(?<sub>[^/]+))?$/;

const verbs = { POST: 'create', PUT: 'update', PATCH: 'patch' } as const;

/** The verb and the resource. */
export function toRequestInfo({
  method,
  path,
  query,
}: Pick<KubeRequest, 'method' | 'path' | 'query'>): RequestInfo {
  const { group = '', plural = '', name, sub } = resourcePath.exec(path)?.groups ?? {};
  return {
    verb: toVerb(method, plural === '' || name !== undefined, query?.['watch'] === true),
    group,
    resource: sub === undefined ? plural : `${plural}/${sub}`,
  };
}

function toVerb(method: KubeRequest['method'], isOne: boolean, isWatch: boolean): string {
  if (method === 'GET') return isWatch ? 'watch' : isOne ? 'get' : 'list';
  if (method === 'DELETE') return isOne ? 'delete' : 'deletecollection';
  return verbs[method];
}
