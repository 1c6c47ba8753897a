// Events that were written, from the API server's own record.
import type { AuditEntry } from '../cluster/audit.ts';

interface SeenEvent {
  metadata: { namespace: string };
  reason?: string;
  type?: string;
  note?: string;
  message?: string;
  regarding?: { kind?: string; name?: string; uid?: string };
  involvedObject?: { kind?: string; name?: string; uid?: string };
}

/** How near to each other two Events are one told twice: the same transition cannot come again as fast. */
const nearMs = 1000;

/** Events that were created twice about one object with the same words almost at once: they should have been counted in one. */
export function findRepeatedEvents(entries: readonly AuditEntry[]): string[] {
  const last = new Map<string, number>();
  return entries.filter(isNewEvent).flatMap((entry) => {
    const { reason, type, note, message, ...event } = entry.responseObject as SeenEvent;
    const about = event.regarding ?? event.involvedObject;
    const words = `${type} ${reason} ${about?.kind} ${about?.name} ${about?.uid}: ${note ?? message}`;
    const atMs = Date.parse(entry.requestReceivedTimestamp);
    const before = last.get(words) ?? -Infinity;
    last.set(words, atMs);
    return atMs - before < nearMs ? [`told twice within ${atMs - before} ms: ${words}`] : [];
  });
}

function isNewEvent({ verb, objectRef, responseStatus }: AuditEntry): boolean {
  return verb === 'create' && objectRef?.resource === 'events' && responseStatus?.code === 201;
}
