// What the operator has asked of the API server in some span of time, by verb: told by the server's audit log, so that nothing is forgotten.
import type { AuditEntry } from '../cluster/audit.ts';

/** For the audit log: the ServiceAccounts of the operator's namespace, nobody else. */
export const auditRules = [{ level: 'Metadata', userGroups: ['system:serviceaccounts:dorgu-system'] }];

/** Milliseconds since 1970. */
export interface Span {
  from: number;
  until: number;
}

/** By `list deployments`, in alphabetical order. */
export type RequestCounts = ReadonlyMap<string, number>;

/** Of what came in during the span. Watches are recorded when they end: read the log once the operator is gone. A watch that sends all objects first counts as a list. */
export function countRequests(entries: readonly AuditEntry[], { from, until }: Span): RequestCounts {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const at = Date.parse(entry.requestReceivedTimestamp);
    if (at < from || at >= until) continue;
    const what = `${verbOf(entry)} ${resourceOf(entry)}`;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  return new Map([...counts].toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function verbOf({ verb, requestURI }: AuditEntry): string {
  return verb === 'watch' && requestURI.includes('sendInitialEvents=true') ? 'list' : verb;
}

function resourceOf({ requestURI, objectRef }: AuditEntry): string {
  if (objectRef === undefined) return requestURI.split('?')[0] ?? '';
  const { resource, subresource } = objectRef;
  return subresource === undefined ? resource : `${resource}/${subresource}`;
}

const writingVerbs = new Set(['create', 'update', 'patch', 'delete', 'deletecollection']);

/** Writes but the Lease's; reviews of tokens and of access write nothing. */
export function countWrites(counts: RequestCounts): number {
  return sum(counts, (verb, resource) => writingVerbs.has(verb) && !/^leases$|reviews$/.test(resource));
}

/** Lists. */
export function countLists(counts: RequestCounts): number {
  return sum(counts, (verb) => verb === 'list');
}

function sum(counts: RequestCounts, isMeant: (verb: string, resource: string) => boolean): number {
  let total = 0;
  for (const [what, count] of counts) {
    const [verb = '', resource = ''] = what.split(' ');
    if (isMeant(verb, resource)) total += count;
  }
  return total;
}
