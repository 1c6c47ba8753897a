// Writes config/rbac: the operator's account and what it may do, from operator/permissions.ts.
import { stringify } from 'yaml';
import type { Permission } from '../../../operator/manager/permission.ts';
import { operatorPermissions } from '../../../operator/permissions.ts';
import { group } from '../../../src/api/group-version.ts';
import { header, type GeneratedFile } from './generated-file.ts';

type Json = Record<string, unknown>;

const folder = 'config/rbac';
const account = 'dorgu-operator';
/** Where the operator is installed. */
const namespace = 'dorgu-system';
const leases = 'leases';

/** One file for each thing that an admin may want to look at, and the kustomization. */
export function generateRbac(): GeneratedFile[] {
  const own = operatorPermissions.filter(({ isOwnNamespace = false }) => isOwnNamespace);
  const everywhere = operatorPermissions.filter(
    ({ isOwnNamespace = false, namespace: place }) => !isOwnNamespace && place === undefined,
  );
  const elsewhere = Map.groupBy(
    operatorPermissions.filter(({ namespace: place }) => place !== undefined),
    ({ namespace: place = '' }) => place,
  );
  const election = own.filter(({ resource }) => resource === leases);
  const others = own.filter(({ resource }) => resource !== leases);
  const files: Record<string, Json[]> = {
    'service_account.yaml': [{ apiVersion: 'v1', kind: 'ServiceAccount', metadata: inNamespace(account) }],
    'role.yaml': [
      toRole('ClusterRole', metadataOf(account), everywhere),
      ...(others.length === 0 ? [] : [toRole('Role', inNamespace(account), others)]),
      ...[...elsewhere].map(([place, permissions]) =>
        toRole('Role', inNamespace(account, place), permissions),
      ),
    ],
    'role_binding.yaml': [
      toBinding('ClusterRole', metadataOf(account), account),
      ...(others.length === 0 ? [] : [toBinding('Role', inNamespace(account), account)]),
      ...[...elsewhere.keys()].map((place) => toBinding('Role', inNamespace(account, place), account)),
    ],
    ...(election.length === 0 ? {} : electionFiles(election)),
    'metrics_reader_role.yaml': [metricsReader],
    'persona_roles.yaml': personaRoles,
  };
  return [
    ...Object.entries(files).map(([name, documents]) => toFile(name, documents)),
    toFile('kustomization.yaml', [
      {
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        // No namespace: each object has its own, and the Role in kube-system has to stay there.
        resources: Object.keys(files),
      },
    ]),
  ];
}

function electionFiles(permissions: Permission[]): Record<string, Json[]> {
  const name = `${account}-leader-election`;
  return {
    'leader_election_role.yaml': [toRole('Role', inNamespace(name), permissions)],
    'leader_election_role_binding.yaml': [toBinding('Role', inNamespace(name), name)],
  };
}

function metadataOf(name: string, labels: Record<string, string> = {}): Json {
  return { name, labels: { 'app.kubernetes.io/name': account, ...labels } };
}

function inNamespace(name: string, place = namespace): Json {
  return { ...metadataOf(name), namespace: place };
}

function toRole(kind: 'Role' | 'ClusterRole', metadata: Json, permissions: readonly Permission[]): Json {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind,
    metadata,
    rules: toRules(permissions),
  };
}

/** Resources of one group with the same verbs stand in one rule. */
function toRules(permissions: readonly Permission[]): Json[] {
  const rules = new Map<string, Permission[]>();
  for (const permission of permissions) {
    const { group: apiGroup, verbs, names } = permission;
    const key = JSON.stringify([apiGroup, verbs, names]);
    rules.set(key, [...(rules.get(key) ?? []), permission]);
  }
  return [...rules.values()].map((alike) => {
    const [{ group: apiGroup, verbs, names }] = alike as [Permission];
    return {
      apiGroups: [apiGroup],
      resources: alike.map(({ resource }) => resource),
      ...(names === undefined ? {} : { resourceNames: names }),
      verbs,
    };
  });
}

function toBinding(kind: 'Role' | 'ClusterRole', metadata: Json, role: string): Json {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: `${kind}Binding`,
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: role },
    subjects: [{ kind: 'ServiceAccount', name: account, namespace }],
  };
}

/** For whoever scrapes: bind it to Prometheus' account. The operator itself does not use it. */
const metricsReader: Json = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: metadataOf('dorgu-metrics-reader'),
  rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
};

/** For people: who may view or edit a namespace may view or edit its personas. Their status stays the operator's. */
const personaRoles: Json[] = [
  aggregated(
    'dorgu-persona-viewer',
    ['view'],
    ['applicationpersonas', 'clusterpersonas'],
    ['get', 'list', 'watch'],
  ),
  aggregated(
    'dorgu-persona-editor',
    ['edit', 'admin'],
    ['applicationpersonas'],
    ['create', 'update', 'patch', 'delete'],
  ),
];

function aggregated(
  name: string,
  into: readonly string[],
  resources: readonly string[],
  verbs: readonly string[],
): Json {
  const labels = Object.fromEntries(
    into.map((role) => [`rbac.authorization.k8s.io/aggregate-to-${role}`, 'true']),
  );
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: metadataOf(name, labels),
    rules: [{ apiGroups: [group], resources, verbs }],
  };
}

function toFile(name: string, documents: readonly Json[]): GeneratedFile {
  const text = documents.map((document) =>
    stringify(document, { lineWidth: 0, aliasDuplicateObjects: false }),
  );
  return {
    path: `${folder}/${name}`,
    text: `# ${header} ${name === 'kustomization.yaml' ? 'bin/tasks/generate/rbac.ts' : 'the permissions in operator/'}.\n${text.join('---\n')}`,
  };
}
