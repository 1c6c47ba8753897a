// Who owns the fields that an apply would have changed, from the server's words.
import { KubeError } from './kube-error.ts';

/** One field that another manager owns. */
export interface ApplyConflict {
  /** `kubectl-edit`; as the server quotes it. */
  manager: string;
  /** With which the manager wrote: `Update` via dorgu.io/v1; empty for server-side apply. */
  using: string;
  /** `.spec.replicas` */
  field: string;
}

/** The conflicts of an apply; empty for any other error, a changed resourceVersion too. */
export function parseApplyConflicts(error: unknown): ApplyConflict[] {
  if (!(error instanceof KubeError) || error.httpStatus !== 409) return [];
  const causes = error.status?.details?.causes;
  return (Array.isArray(causes) ? (causes as { reason?: unknown; message?: unknown; field?: unknown }[]) : [])
    .filter(({ reason }) => reason === 'FieldManagerConflict')
    .map(({ message, field }) => ({
      ...parseManager(typeof message === 'string' ? message : ''),
      field: typeof field === 'string' ? field : '',
    }));
}

/** `conflict with "kubectl-edit" with subresource "scale" using apps/v1 at 2026-01-01T00:00:00Z` */
function parseManager(message: string): { manager: string; using: string } {
  const match = /^conflict with "((?:[^"\\]|\\.)*)"(?: with subresource "[^"]*")?(?: using (\S+))?/.exec(
    message,
  );
  return { manager: match?.[1] ?? message, using: match?.[2] ?? '' };
}
