// What there is in a cluster: every object of every kind, so that what an installation leaves behind is seen.
import { kubectlOrThrow, type KubectlTarget } from '../cluster/kubectl.ts';
import { waitUntil } from '../cluster/wait-until.ts';

/** They come and go by themselves: news, what the system's leases say, and a kind that is none. */
const passing = /^(events(\.events\.k8s\.io)?|componentstatuses|leases\.coordination\.k8s\.io)$/;

/** Every namespace is given these, sooner or later; whose it is stands in the list itself. */
const ofEveryNamespace = /^(ServiceAccount \S+ default|ConfigMap \S+ kube-root-ca\.crt)$/;

/** The control plane furnishes its own namespace, one controller after the other as each of them starts. */
const ofControlPlane = /^(ServiceAccount|ConfigMap) kube-system (?!.*dorgu)/;

/** Of every object what tells it apart, `Service default kubernetes`, sorted; of each built-in role its name and rules. */
export interface Inventory {
  objects: readonly string[];
  roles: readonly string[];
}

async function listObjects(kubectl: KubectlTarget): Promise<string[]> {
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
    .filter((line) => line !== '' && !isMadeSoonerOrLater(line))
    .sort();
}

function isMadeSoonerOrLater(line: string): boolean {
  return ofEveryNamespace.test(line) || ofControlPlane.test(line);
}

/** What there is and what the built-in roles that ours are aggregated to may do, as soon as the control plane has filled these. */
export async function takeInventory(kubectl: KubectlTarget): Promise<Inventory> {
  const roles = await waitUntil('the built-in roles to be filled', () => readAggregatedRoles(kubectl), {
    timeoutMs: 30_000,
  });
  return { objects: await listObjects(kubectl), roles };
}

/** What is there now and was not, and the other way round: what the API server and the garbage collector are slow with is given 30 s. */
export async function listDifferences(kubectl: KubectlTarget, before: Inventory): Promise<string[]> {
  let differences: string[] = [];
  const isAsBefore = async () => {
    const after = await takeInventory(kubectl);
    const left = [...after.objects, ...after.roles].filter((line) => !isIn(before, line));
    const lost = [...before.objects, ...before.roles].filter((line) => !isIn(after, line));
    differences = [...left.map((line) => `left: ${line}`), ...lost.map((line) => `lost: ${line}`)];
    return differences.length === 0 || undefined;
  };
  const waited = waitUntil('the objects of before', isAsBefore, { timeoutMs: 30_000 });
  return await waited.then(
    () => [],
    () => differences,
  );
}

function isIn({ objects, roles }: Inventory, line: string): boolean {
  return objects.includes(line) || roles.includes(line);
}

async function readAggregatedRoles(kubectl: KubectlTarget): Promise<string[] | undefined> {
  const text = await kubectlOrThrow(kubectl, ['get', 'clusterroles', 'admin', 'edit', 'view', '-o', 'json']);
  const { items } = JSON.parse(text) as { items: { metadata: { name: string }; rules: unknown }[] };
  if (items.some(({ rules }) => rules === null)) return undefined;
  return items.map(({ metadata, rules }) => `${metadata.name} ${JSON.stringify(rules)}`);
}
