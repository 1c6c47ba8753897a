// What doctor tells people to type.
import manifest from '../../../package.json' with { type: 'json' };

const source = manifest.repository.url.replace(/^git\+/, '').replace(/\.git$/, '');

/** Installs the operator, its kinds and its rights, or brings them to the version of this plugin. */
export const installCommand = `kubectl apply --server-side -k '${source}//config/default?ref=v${manifest.version}'`;

/** Looks at the operator's log. */
export function toLogCommand(namespace: string): string {
  return `kubectl logs -n ${namespace} -l app.kubernetes.io/name=dorgu-operator --tail=50`;
}
