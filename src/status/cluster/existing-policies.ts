// What a cluster's namespaces are already held to: Pod Security labels, default-deny NetworkPolicies, quotas.
import { fieldAt, fieldsOf, listOf, textOf } from '../../api/foreign-fields.ts';
import type { ClusterPersonaSpec } from '../../api/personas.ts';
import { podSecurityStandards } from '../../api/vocabulary.ts';
import { compareQuantities, formatQuantity, parseQuantity } from '../../quantity/index.ts';

/** What the policies of the namespaces with applications are, as far as they are the same everywhere. */
export interface ExistingPolicies {
  spec: Pick<ClusterPersonaSpec, 'policies' | 'resourceQuotas'>;
  /** For people: what was found, and what was left out because namespaces differ. */
  notes: readonly string[];
}

/** The objects that tell; `namespaces` are those that hold applications, with their labels. */
export interface PolicyObjects {
  namespaces: readonly { name: string; labels: ReadonlyMap<string, string> }[];
  networkPolicies: readonly unknown[];
  resourceQuotas: readonly unknown[];
}

/** Whether people's applications live there: not Kubernetes' own namespaces, nor those of platforms. */
export function isApplicationNamespace(name: string): boolean {
  return !/^(kube-|openshift-|openshift$|cattle-|gke-|dorgu-system$)/.test(name);
}

/** Reads them. A policy is taken over only where every namespace with applications has it: a ClusterPersona speaks for all. */
export function readExistingPolicies({
  namespaces,
  networkPolicies,
  resourceQuotas,
}: PolicyObjects): ExistingPolicies {
  if (namespaces.length === 0) return { spec: {}, notes: [] };
  const notes: string[] = [];
  const standard = readStandard(namespaces, notes);
  const denies = (type: 'Ingress' | 'Egress') => readDefaultDeny(type, namespaces, networkPolicies, notes);
  const [ingress, egress] = [denies('Ingress'), denies('Egress')];
  const quotas = readQuotas(namespaces, resourceQuotas, notes);
  const networking = {
    ...(ingress ? { defaultDenyIngress: true } : {}),
    ...(egress ? { defaultDenyEgress: true } : {}),
  };
  const policies = {
    ...(standard === undefined ? {} : { security: { podSecurityStandard: standard } }),
    ...(ingress || egress ? { networking } : {}),
  };
  return {
    spec: {
      ...(Object.keys(policies).length === 0 ? {} : { policies }),
      ...(quotas === undefined ? {} : { resourceQuotas: quotas }),
    },
    notes,
  };
}

type Standard = (typeof podSecurityStandards)[number];

const enforceLabel = 'pod-security.kubernetes.io/enforce';

/** The loosest that is enforced, where every namespace enforces one. */
function readStandard(namespaces: PolicyObjects['namespaces'], notes: string[]): Standard | undefined {
  const enforced = namespaces.map(({ labels }) =>
    podSecurityStandards.find((standard) => standard === labels.get(enforceLabel)),
  );
  const count = enforced.filter((standard) => standard !== undefined).length;
  if (count === 0) return undefined;
  if (count < namespaces.length) {
    notes.push(
      `Pod Security is enforced in ${count} of ${namespaces.length} namespaces with applications: left out`,
    );
    return undefined;
  }
  return podSecurityStandards.find((standard) => enforced.includes(standard));
}

function readDefaultDeny(
  type: 'Ingress' | 'Egress',
  namespaces: PolicyObjects['namespaces'],
  policies: readonly unknown[],
  notes: string[],
): boolean {
  const denied = new Set(
    policies
      .filter((policy) => isDefaultDeny(policy, type))
      .map((policy) => fieldAt(policy, 'metadata', 'namespace')),
  );
  const count = namespaces.filter(({ name }) => denied.has(name)).length;
  if (count > 0 && count < namespaces.length) {
    notes.push(
      `${type} is denied by default in ${count} of ${namespaces.length} namespaces with applications: left out`,
    );
  }
  return count === namespaces.length;
}

/** A policy for all pods of its namespace that lets nothing through. */
function isDefaultDeny(policy: unknown, type: 'Ingress' | 'Egress'): boolean {
  const spec = fieldsOf(fieldAt(policy, 'spec'));
  const selector = fieldsOf(fieldAt(spec, 'podSelector'));
  const selectsAll =
    Object.keys(fieldsOf(selector['matchLabels'])).length === 0 &&
    listOf(selector['matchExpressions']).length === 0;
  const types = fieldAt(spec, 'policyTypes');
  const isOfType = types === undefined ? type === 'Ingress' : listOf(types).includes(type);
  return selectsAll && isOfType && listOf(fieldAt(spec, type.toLowerCase())).length === 0;
}

type Quotas = NonNullable<ClusterPersonaSpec['resourceQuotas']>;

const quotaFields = [
  ['maxPodsPerNamespace', ['pods', 'count/pods']],
  ['maxCPUPerNamespace', ['limits.cpu', 'requests.cpu', 'cpu']],
  ['maxMemoryPerNamespace', ['limits.memory', 'requests.memory', 'memory']],
  ['maxPVCsPerNamespace', ['persistentvolumeclaims', 'count/persistentvolumeclaims']],
] as const;

/** What every namespace's quotas agree on. */
function readQuotas(
  namespaces: PolicyObjects['namespaces'],
  quotas: readonly unknown[],
  notes: string[],
): Quotas | undefined {
  const own = quotas.filter((quota) =>
    namespaces.some(({ name }) => name === textOf(fieldAt(quota, 'metadata', 'namespace'))),
  );
  if (own.length === 0) return undefined;
  const found: Record<string, string | number> = {};
  for (const [field, keys] of quotaFields) {
    const amounts = namespaces.map(({ name }) => readAmount(own, name, keys));
    const [first] = amounts;
    if (first === undefined || amounts.some((amount) => amount !== first)) continue;
    const count = Number(first);
    if (field.startsWith('maxC') || field.startsWith('maxM')) found[field] = first;
    else if (Number.isInteger(count) && count <= 1_000_000) found[field] = count;
  }
  if (Object.keys(found).length > 0) return found;
  notes.push('quotas differ from namespace to namespace: left out');
  return undefined;
}

/** The smallest amount of the first key that a quota of the namespace has. */
function readAmount(
  quotas: readonly unknown[],
  namespace: string,
  keys: readonly string[],
): string | undefined {
  const hard = quotas
    .filter((quota) => fieldAt(quota, 'metadata', 'namespace') === namespace)
    .map((quota) => fieldsOf(fieldAt(quota, 'spec', 'hard')));
  for (const key of keys) {
    const amounts = hard
      .map((amount) => parseQuantity(amount[key]))
      .flatMap((result) => (result.ok && result.quantity.nano >= 0n ? [result.quantity] : []))
      .sort(compareQuantities);
    if (amounts[0] !== undefined) return formatQuantity(amounts[0]);
  }
  return undefined;
}
