// What there is in a cluster: every object of every kind, so that what an installation leaves behind is seen.
import { kubectlOrThrow, type KubectlTarget } from '../cluster/kubectl.ts';

/** They come and go by themselves: news, what the system's leases say, and a kind that is none. */
const passing = /^(events(\.events\.k8s\.io)?|componentstatuses|leases\.coordination\.k8s\.io)$/;

/** Every namespace is given these, sooner or later; whose it is stands in the list itself. */
const ofEveryNamespace = /^(ServiceAccount \S+ default|ConfigMap \S+ kube-root-ca\.crt)$/;

/** Of every object what tells it apart: `Service default kubernetes`. Sorted. */
export async function listObjects(kubectl: KubectlTarget): Promise<string[]> {
  const resources = await kubectlOrThrow(kubectl, ['api-resources', '--verbs=list', '-o', 'name']);
  const listed = resources.split('\n').filter((name) => name !== '' && !passing.test(name));
  const text = await kubectlOrThrow(kubectl, [
    'get',
    listed.join(','),
    '--all-namespaces',
    '--no-headers',
    '-o',
    'custom-columns=K:.kind,S:.metadata.namespace,N:.metadata.name',
  ]);
  return text
    .split('\n')
    .map((line) => line.replace(/ +/g, ' ').trim())
    .filter((line) => line !== '' && !ofEveryNamespace.test(line))
    .sort();
}

/** What the built-in roles that ours are aggregated to may do. */
export async function readAggregatedRoles(kubectl: KubectlTarget): Promise<unknown> {
  const text = await kubectlOrThrow(kubectl, ['get', 'clusterroles', 'admin', 'edit', 'view', '-o', 'json']);
  const { items } = JSON.parse(text) as { items: { metadata: { name: string }; rules: unknown }[] };
  return items.map(({ metadata, rules }) => [metadata.name, rules]);
}
