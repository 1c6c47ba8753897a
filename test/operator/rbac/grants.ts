// Accounts with the operator's rights but one.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Permission, Verb } from '../../../operator/manager/permission.ts';
import { operatorPermissions } from '../../../operator/permissions.ts';
import type { OwnCluster } from '../../commands/cluster/own-cluster.ts';
import { operatorNamespace } from '../../cluster/operator-account.ts';

/** One verb on one resource. */
export interface Grant {
  permission: Permission;
  verb: Verb;
  /** `list pods`, `patch clusterpersonas/status.dorgu.io` */
  title: string;
}

/** All that the operator asks for, one by one. */
export const grants: readonly Grant[] = operatorPermissions.flatMap((permission) =>
  permission.verbs.map((verb) => ({
    permission,
    verb,
    title: `${verb} ${toName(permission)}${inOther(permission.namespace)}`,
  })),
);

/** `pods`, `deployments.apps`, as the audit log is put into words too. */
export function toName({ group, resource }: Pick<Permission, 'group' | 'resource'>): string {
  return group === '' ? resource : `${resource}.${group}`;
}

/** Where it is neither the whole cluster nor the operator's own namespace. */
export function inOther(namespace: string | undefined): string {
  return namespace === undefined ? '' : ` in ${namespace}`;
}

/** What the API server says to somebody without it. */
export function toRefusal({ permission, verb }: Grant): string {
  return `cannot ${verb} resource "${permission.resource}" in API group "${permission.group}"`;
}

const rbac = 'rbac.authorization.k8s.io';

/** An account that lacks one grant; returns the path of its kubeconfig. */
export async function createAccountWithout(
  { plane, client }: Pick<OwnCluster, 'plane' | 'client'>,
  name: string,
  missing: Grant,
): Promise<string> {
  const create = (path: string, body: object) => client.request({ method: 'POST', path, body });
  await create(`/api/v1/namespaces/${operatorNamespace}/serviceaccounts`, { metadata: { name } });
  for (const place of new Set(operatorPermissions.map(toPlace))) {
    const kind = place === undefined ? 'ClusterRole' : 'Role';
    const within = place === undefined ? '' : `/namespaces/${place}`;
    const path = `/apis/${rbac}/v1${within}/${kind.toLowerCase()}`;
    await create(`${path}s`, { metadata: { name }, rules: toRules(missing, place) });
    await create(`${path}bindings`, {
      metadata: { name },
      roleRef: { apiGroup: rbac, kind, name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: operatorNamespace }],
    });
  }
  return writeTokenKubeconfig(plane, name, await createToken(client, name));
}

/** The namespace that a permission is held to. */
function toPlace({ isOwnNamespace = false, namespace }: Permission): string | undefined {
  return isOwnNamespace ? operatorNamespace : namespace;
}

function toRules(missing: Grant, place: string | undefined): object[] {
  return operatorPermissions
    .filter((permission) => toPlace(permission) === place)
    .map((permission) => ({
      apiGroups: [permission.group],
      resources: [permission.resource],
      ...(permission.names === undefined ? {} : { resourceNames: permission.names }),
      verbs: permission.verbs.filter((verb) => permission !== missing.permission || verb !== missing.verb),
    }))
    .filter(({ verbs }) => verbs.length > 0);
}

/** A token of a ServiceAccount in the operator's namespace. */
export async function createToken(client: OwnCluster['client'], account: string): Promise<string> {
  const { body } = await client.request<{ status: { token: string } }>({
    method: 'POST',
    path: `/api/v1/namespaces/${operatorNamespace}/serviceaccounts/${account}/token`,
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} },
  });
  return body.status.token;
}

async function writeTokenKubeconfig(
  { folder, server }: OwnCluster['plane'],
  name: string,
  token: string,
): Promise<string> {
  const cluster = { server, 'certificate-authority': join(folder, 'keys/ca.crt') };
  const path = join(folder, `${name}.kubeconfig`);
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'c',
    clusters: [{ name: 'c', cluster }],
    contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
    users: [{ name: 'u', user: { token } }],
  };
  await writeFile(path, JSON.stringify(config), { mode: 0o600 });
  return path;
}
