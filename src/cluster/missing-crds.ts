// Tells a cluster without our CRDs from one without the object.
import { DorguError } from '../api/errors.ts';
import { fieldAt } from '../api/foreign-fields.ts';
import { KubeError } from '../kube/kube-error.ts';

/** Whether a 404 is about the resource itself: the API server then names no object. */
export function isMissingResource(error: unknown): boolean {
  if (!(error instanceof KubeError) || error.httpStatus !== 404) return false;
  return (fieldAt(error.status, 'details', 'name') ?? '') === '';
}

/** The error to throw where our kinds are not there. Exit code 3: something has to be there first. */
export function createMissingCrdsError(cause: unknown): DorguError {
  return new DorguError('Preflight', 'the cluster does not know ApplicationPersona and ClusterPersona', {
    kind: 'failed',
    cause,
    hint: 'a cluster admin installs the two CRDs: kubectl apply --server-side -k config/crd, in a checkout of this project',
  });
}
