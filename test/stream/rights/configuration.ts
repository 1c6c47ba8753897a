// Random configurations of RBAC: somebody, and roles bound to them, to a group of theirs, or nearly.
import { absentNamespace, namespaces } from './world.ts';

/** Who somebody is: a user with groups by a certificate, or a ServiceAccount by a token. */
export type Somebody =
  | { kind: 'user'; name: string; groups: readonly string[] }
  | { kind: 'account'; name: string; namespace: string };

/** One configuration. */
export interface Configuration {
  somebody: Somebody;
  /** Roles and bindings, and the ServiceAccount. */
  objects: readonly object[];
}

type Random = () => number;

const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1' };
const kinds = ['applicationpersonas', 'clusterpersonas', 'deployments', 'events'];
/** Those that show something are listed more often, or hardly anybody would see anything. */
const verbLists = [
  ['list', 'watch'],
  ['list', 'watch'],
  ['get', 'list', 'watch'],
  ['*'],
  ['list'],
  ['watch'],
  ['get'],
  ['create', 'delete'],
];
const groupLists = [['*'], ['dorgu.io', 'apps', ''], ['dorgu.io'], ['apps'], [''], ['other.io']];
const resourceLists = [
  kinds,
  ['*'],
  ['applicationpersonas'],
  ['applicationpersonas', 'events'],
  ['clusterpersonas'],
  ['deployments'],
  ['events'],
  ['applicationpersonas/status'],
  ['*/status'],
];
const nameLists = [['shop'], ['cart', 'prod'], ['nobody'], ['*'], ['constructor']];

/** The one of this number; the same for the same random numbers. */
export function createConfiguration(index: number, random: Random): Configuration {
  const somebody = createSomebody(index, random);
  const objects: object[] = [];
  if (somebody.kind === 'account') {
    const { name, namespace } = somebody;
    objects.push({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } });
  }
  const count = 1 + Math.floor(random() * 3);
  for (let grant = 0; grant < count; grant += 1)
    objects.push(...createGrant(`person-${index}-${grant}`, somebody, random));
  return { somebody, objects };
}

function createSomebody(index: number, random: Random): Somebody {
  if (index % 2 === 0)
    return { kind: 'user', name: `person-${index}`, groups: [`group-${index}`, `größe:${index} 😀`] };
  return { kind: 'account', name: `person-${index}`, namespace: pick(namespaces, random) };
}

function createGrant(name: string, somebody: Somebody, random: Random): object[] {
  const rules = Array.from({ length: 1 + Math.floor(random() * 2) }, () => createRule(random));
  const subjects = [createSubject(somebody, random)];
  const isWide = random() < 0.4;
  const isClusterRole = isWide || random() < 0.5;
  const place = { namespace: pick(namespaces, random) };
  const roleKind = isClusterRole ? 'ClusterRole' : 'Role';
  return [
    { ...rbac, kind: roleKind, metadata: { name, ...(isClusterRole ? {} : place) }, rules },
    {
      ...rbac,
      kind: isWide ? 'ClusterRoleBinding' : 'RoleBinding',
      metadata: { name, ...(isWide ? {} : place) },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: roleKind, name },
      subjects,
    },
  ];
}

function createRule(random: Random): object {
  const resourceNames = random() < 0.25 ? { resourceNames: pick(nameLists, random) } : {};
  // The first of each list as often as all others together.
  const often = <T>(list: readonly T[]): T =>
    random() < 0.5 ? pick(list, random) : pick(list.slice(0, 1), random);
  return {
    apiGroups: often(groupLists),
    resources: often(resourceLists),
    verbs: often(verbLists),
    ...resourceNames,
  };
}

/** Mostly them; sometimes somebody who only sounds like them. */
function createSubject(somebody: Somebody, random: Random): object {
  const apiGroup = 'rbac.authorization.k8s.io';
  const user = (name: string) => ({ apiGroup, kind: 'User', name });
  const group = (name: string) => ({ apiGroup, kind: 'Group', name });
  if (somebody.kind === 'user') {
    const { name, groups } = somebody;
    const near = [user(name.toUpperCase()), group(name), user(groups[0] ?? ''), user(`${name} `)];
    return random() < 0.2 ? pick(near, random) : pick([user(name), ...groups.map(group)], random);
  }
  const { name, namespace } = somebody;
  const full = `system:serviceaccount:${namespace}:${name}`;
  const account = (of: string) => ({ kind: 'ServiceAccount', name, namespace: of });
  const elsewhere = namespaces.find((other) => other !== namespace) ?? absentNamespace;
  const near = [account(elsewhere), user(name), group(full)];
  if (random() < 0.2) return pick(near, random);
  return pick(
    [account(namespace), account(namespace), user(full), group(`system:serviceaccounts:${namespace}`)],
    random,
  );
}

function pick<T>(list: readonly T[], random: Random): T {
  const picked = list[Math.floor(random() * list.length)];
  if (picked === undefined) throw new Error('expected a list with something in it');
  return picked;
}
