// Turns the content of one kubeconfig file into entries by name.
import { decodeFields, expectUnique, WrongValue, type Decoded, type FieldTable } from './decode-fields.ts';
import type { ClusterEntry, ContextEntry, Extension, Kubeconfig, UserEntry } from './kubeconfig.ts';

const clusterFields: FieldTable = {
  server: 'text',
  'tls-server-name': 'text',
  'insecure-skip-tls-verify': 'boolean',
  'certificate-authority': 'text',
  'certificate-authority-data': 'base64',
  'proxy-url': 'text',
  'disable-compression': 'boolean',
  extensions: 'extensions',
};

const userFields: FieldTable = {
  'client-certificate': 'text',
  'client-certificate-data': 'base64',
  'client-key': 'text',
  'client-key-data': 'base64',
  token: 'text',
  tokenFile: 'text',
  as: 'text',
  'as-uid': 'text',
  'as-groups': 'texts',
  'as-user-extra': 'textsMap',
  username: 'text',
  password: 'text',
  'auth-provider': { fields: { name: 'text', config: 'textMap' } },
  exec: {
    fields: {
      command: 'text',
      args: 'texts',
      env: 'variables',
      apiVersion: 'text',
      installHint: 'text',
      provideClusterInfo: 'boolean',
      interactiveMode: 'text',
    },
  },
  extensions: 'extensions',
};

const contextFields: FieldTable = {
  cluster: 'text',
  user: 'text',
  namespace: 'text',
  extensions: 'extensions',
};

const rootFields: FieldTable = {
  kind: 'text',
  apiVersion: 'text',
  'current-context': 'text',
  preferences: { fields: { colors: 'boolean', extensions: 'extensions' } },
  extensions: 'extensions',
};

/** The entries of a file's content. @throws WrongValue with the path of the first value that is not as it has to be */
export function decodeKubeconfig(content: unknown): Kubeconfig {
  const root = decodeFields(content, rootFields, []);
  expectConfigKind(root);
  return {
    clusters: decodeEntries<ClusterEntry>(content, 'clusters', 'cluster', clusterFields),
    users: decodeEntries<UserEntry>(content, 'users', 'user', userFields),
    contexts: decodeEntries<ContextEntry>(content, 'contexts', 'context', contextFields),
    currentContext: (root['current-context'] as string | undefined) ?? '',
    preferences: root['preferences'] ?? {},
    extensions: new Map(
      ((root['extensions'] ?? []) as readonly Extension[]).map(({ name, extension }) => [name, extension]),
    ),
  };
}

function expectConfigKind({ kind = 'Config', apiVersion = 'v1' }: Decoded): void {
  if (kind !== 'Config')
    throw new WrongValue(['kind'], `expected kind Config, found ${JSON.stringify(kind)}`);
  if (apiVersion !== 'v1')
    throw new WrongValue(['apiVersion'], `expected apiVersion v1, found ${JSON.stringify(apiVersion)}`);
}

/** A list of `{name, cluster}`, `{name, user}` or `{name, context}`. */
function decodeEntries<T extends object>(
  content: unknown,
  listName: string,
  entryName: string,
  table: FieldTable,
): Map<string, T> {
  const decoded = decodeFields(
    content,
    { [listName]: { list: { name: 'text', [entryName]: { fields: table } } } },
    [],
  );
  const named = ((decoded[listName] ?? []) as readonly Decoded[]).map((item) => ({
    name: (item['name'] as string | undefined) ?? '',
    entry: (item[entryName] ?? {}) as T,
  }));
  expectUnique(named, [listName]);
  return new Map(named.map(({ name, entry }) => [name, entry]));
}
