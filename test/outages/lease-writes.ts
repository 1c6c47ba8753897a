// Who led when, from the API server's own record of the Lease.
import type { AuditEntry } from '../cluster/audit.ts';
import { operatorNamespace } from '../cluster/operator-account.ts';
import { tokenIdOf } from './persona-writes.ts';

/** A time at which the Lease changed hands. */
export interface Acquisition {
  /** Of the token; empty when it was let go. */
  tokenId: string;
  holder: string;
  atMs: number;
}

interface SeenLease {
  metadata: { name: string };
  spec?: { holderIdentity?: string };
}

/** Changes of the holder of Leases in the operator's namespace, in their order. */
export function listAcquisitions(entries: readonly AuditEntry[]): Acquisition[] {
  let holder = '';
  return entries.filter(isLeaseWrite).flatMap((entry) => {
    const next = (entry.responseObject as SeenLease).spec?.holderIdentity ?? '';
    if (next === holder) return [];
    holder = next;
    const tokenId = next === '' ? '' : tokenIdOf(entry);
    return [{ tokenId, holder: next, atMs: Date.parse(entry.stageTimestamp) }];
  });
}

/**
 * Writes of others than the holder: statuses and Events that were sent after the Lease had become another's, whether they were taken or
 * not. The answer to the write of the Lease is when it became that.
 */
export function findTrespasses(entries: readonly AuditEntry[]): string[] {
  const acquisitions = listAcquisitions(entries);
  return entries.filter(isLedWrite).flatMap((entry) => {
    const atMs = Date.parse(entry.requestReceivedTimestamp);
    const holder = acquisitions.filter((one) => one.atMs <= atMs && one.tokenId !== '').at(-1);
    if (holder === undefined || holder.tokenId === tokenIdOf(entry)) return [];
    const lateMs = atMs - holder.atMs;
    return [`${lateMs} ms after the Lease was another's: ${entry.verb} ${entry.requestURI}`];
  });
}

/** The API server keeps Leases of its own elsewhere. */
function isLeaseWrite({ verb, objectRef, responseStatus }: AuditEntry): boolean {
  const isOurs = objectRef?.resource === 'leases' && objectRef.namespace === operatorNamespace;
  const isTaken = (responseStatus?.code ?? 500) < 300;
  return isOurs && isTaken && ['create', 'update', 'patch'].includes(verb);
}

function isLedWrite({ verb, objectRef, user }: AuditEntry): boolean {
  if (!user.username.startsWith('system:serviceaccount:')) return false;
  const isWrite = ['create', 'update', 'patch', 'delete'].includes(verb);
  return isWrite && ['applicationpersonas', 'clusterpersonas', 'events'].includes(objectRef?.resource ?? '');
}
