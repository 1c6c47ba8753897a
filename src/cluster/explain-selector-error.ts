// Tells a selector that the API server cannot read from other failures of a list.
import { DorguError } from '../api/errors.ts';
import { KubeError } from '../kube/kube-error.ts';

/** A usage error for a refused selector, of a list that can be refused for nothing else; any other error as it is. */
export function explainSelectorError(error: unknown): unknown {
  if (!(error instanceof KubeError) || error.code !== 'BadRequest') return error;
  return new DorguError('BadFlagValue', 'the API server does not take the selector', {
    cause: error,
    hint: '-l takes app=shop,tier!=batch; --field-selector takes metadata.name=NAME or spec.name=NAME',
  });
}
