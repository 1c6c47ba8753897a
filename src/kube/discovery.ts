// What an API server is and serves: its version, and whether a resource exists.
import type { KubeClient } from './client.ts';
import { KubeError } from './kube-error.ts';
import type { Resource } from './resources.ts';

/** The version of a server; of /version the fields that people read. */
export interface ServerVersion {
  /** `v1.35.4` */
  gitVersion: string;
  major: string;
  minor: string;
  platform: string;
}

interface Asked {
  signal?: AbortSignal | undefined;
}

/** The server's version. @throws KubeError */
export async function getServerVersion(client: KubeClient, { signal }: Asked = {}): Promise<ServerVersion> {
  const { body } = await client.request<Partial<ServerVersion>>({
    method: 'GET',
    path: '/version',
    ...(signal === undefined ? {} : { signal }),
  });
  const { gitVersion = '', major = '', minor = '', platform = '' } = body;
  return { gitVersion, major, minor, platform };
}

/** The plural names that a group and version serves, sub-resources left out; empty where it is not served. @throws KubeError */
export async function listServedResources(
  client: KubeClient,
  { group, version }: Pick<Resource, 'group' | 'version'>,
  { signal }: Asked = {},
): Promise<Set<string>> {
  try {
    const { body } = await client.request<{ resources?: { name?: string }[] }>({
      method: 'GET',
      path: group === '' ? `/api/${version}` : `/apis/${group}/${version}`,
      ...(signal === undefined ? {} : { signal }),
    });
    const names = (body.resources ?? []).map(({ name = '' }) => name);
    return new Set(names.filter((name) => name !== '' && !name.includes('/')));
  } catch (error) {
    if (error instanceof KubeError && error.httpStatus === 404) return new Set();
    throw error;
  }
}

/** Whether the server serves a resource. @throws KubeError */
export async function isServed(client: KubeClient, resource: Resource, asked: Asked = {}): Promise<boolean> {
  return (await listServedResources(client, resource, asked)).has(resource.plural);
}

/** What installs our kinds. */
export const installCrdsCommand =
  'kubectl apply --server-side -k https://github.com/dorgu-io/kubectl-dorgu//config/crd';

/** The error for a cluster without our kinds, from the 404 that showed it. */
export function createCrdsMissing(server: string, { plural, group }: Resource, found: KubeError): KubeError {
  const { status, httpStatus } = found;
  return new KubeError('CrdsMissing', `the cluster at ${server} does not know ${plural}.${group}`, {
    cause: 'its CustomResourceDefinitions are not installed',
    hint: `${installCrdsCommand} installs them; from a checkout: kubectl apply --server-side -k config/crd`,
    ...(status === undefined ? {} : { status }),
    ...(httpStatus === undefined ? {} : { httpStatus }),
  });
}
