// Tells a cluster without a resource from one without the object.
import { fieldAt } from '../api/foreign-fields.ts';
import { KubeError } from '../kube/kube-error.ts';

/** Whether a 404 is about the resource itself: the API server then names no object. */
export function isMissingResource(error: unknown): boolean {
  if (!(error instanceof KubeError) || error.httpStatus !== 404) return false;
  return (fieldAt(error.status, 'details', 'name') ?? '') === '';
}
