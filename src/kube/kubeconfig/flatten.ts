// One context of a kubeconfig with all that it needs in one object, as `kubectl config view --minify --raw --flatten -o json` prints it.
import { readFileSync } from 'node:fs';
import { DorguError } from '../../api/errors.ts';
import { sortByName } from './decode-fields.ts';
import type { ClusterEntry, ContextEntry, ExecEntry, Kubeconfig, UserEntry } from './kubeconfig.ts';
import type { LoadedKubeconfig } from './load.ts';

/** The fields of a kubeconfig file. */
export type FlatKubeconfig = Readonly<Record<string, unknown>>;

type Entry = ClusterEntry & UserEntry;
type PathField = 'certificate-authority' | 'client-certificate' | 'client-key';

/** The current context, or `contextName`, its cluster and its user, certificates inline. @throws DorguError ContextNotFound, ClusterNotFound, UserNotFound, KubeconfigInvalid, CertificateUnreadable */
export function flattenKubeconfig(
  { kubeconfig, asWritten }: LoadedKubeconfig,
  contextName = asWritten.currentContext,
): FlatKubeconfig {
  const context = asWritten.contexts.get(contextName);
  if (context === undefined) throw missing('ContextNotFound', 'context', contextName);
  const { cluster, user } = context;
  return {
    kind: 'Config',
    apiVersion: 'v1',
    ...(isEmpty(asWritten.preferences) ? {} : { preferences: asWritten.preferences }),
    clusters: cluster ? [{ name: cluster, cluster: flattenCluster(kubeconfig, asWritten, cluster) }] : null,
    users: user ? [{ name: user, user: flattenUser(kubeconfig, asWritten, user) }] : null,
    contexts: [{ name: contextName, context: formatContext(context) }],
    'current-context': contextName,
    ...(asWritten.extensions.size === 0 ? {} : { extensions: toExtensions(asWritten) }),
  };
}

function formatContext(context: ContextEntry): ContextEntry {
  return { cluster: '', user: '', ...omitEmpty(context) };
}

function flattenCluster(resolved: Kubeconfig, asWritten: Kubeconfig, name: string): ClusterEntry {
  const entry = asWritten.clusters.get(name);
  if (entry === undefined) throw missing('ClusterNotFound', 'cluster', name);
  const found = resolved.clusters.get(name);
  return { server: '', ...omitEmpty(inlineFile(entry, found, 'certificate-authority')) };
}

function flattenUser(resolved: Kubeconfig, asWritten: Kubeconfig, name: string): object {
  const entry = asWritten.users.get(name);
  if (entry === undefined) throw missing('UserNotFound', 'user', name);
  const found = resolved.users.get(name);
  const user = inlineFile(inlineFile(entry, found, 'client-certificate'), found, 'client-key');
  const { exec, 'auth-provider': provider } = user;
  return {
    ...omitEmpty(user),
    ...(exec === undefined ? {} : { exec: formatExec(exec) }),
    ...(provider === undefined ? {} : { 'auth-provider': { name: '', config: null, ...provider } }),
  };
}

/** Fields that kubectl prints even where they are empty. */
function formatExec(exec: ExecEntry): object {
  const isOld = exec.apiVersion === 'client.authentication.k8s.io/v1beta1';
  return {
    command: '',
    args: null,
    env: null,
    provideClusterInfo: false,
    ...(isOld ? { interactiveMode: 'IfAvailable' } : {}),
    ...exec,
  };
}

function inlineFile<T extends Entry>(entry: T, resolved: Entry | undefined, field: PathField): T {
  const path = resolved?.[field];
  if (path === undefined) return entry;
  if (entry[`${field}-data`]) throw both(field);
  const flat = { ...entry, [`${field}-data`]: readBase64(path, field) };
  Reflect.deleteProperty(flat, field);
  return flat;
}

function readBase64(path: string, field: PathField): string {
  try {
    return readFileSync(path).toString('base64');
  } catch (cause) {
    throw new DorguError('CertificateUnreadable', `${path}: ${field} of the kubeconfig cannot be read`, {
      cause,
      hint: `ls -l ${path} shows who may read it`,
    });
  }
}

function toExtensions({ extensions }: Kubeconfig): object[] {
  return sortByName([...extensions].map(([name, extension]) => ({ name, extension })));
}

/** kubectl leaves these out where they have no content. */
function omitEmpty<T extends object>(entry: T): Partial<T> {
  const kept: Partial<T> = { ...entry };
  for (const name of ['extensions', 'as-groups', 'as-user-extra'])
    if (isEmpty(Reflect.get(kept, name))) Reflect.deleteProperty(kept, name);
  return kept;
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function both(field: PathField): DorguError {
  return new DorguError('KubeconfigInvalid', `expected ${field} or ${field}-data, found both`, {
    hint: 'remove one of them from the kubeconfig',
  });
}

function missing(
  code: 'ClusterNotFound' | 'ContextNotFound' | 'UserNotFound',
  what: string,
  name: string,
): DorguError {
  return new DorguError(code, `the kubeconfig has no ${what} ${JSON.stringify(name)}`, {
    hint: 'kubectl config get-contexts shows the contexts; --context NAME takes one',
  });
}
