// Generated kubeconfigs: one to four files that overlap, in YAML or JSON, with files beside them, and how they are asked for.
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import fc from 'fast-check';
import { stringify } from 'yaml';

/** One file of a case; `isWritten` false leaves a hole in KUBECONFIG. */
export interface CaseFile {
  path: string;
  content: object;
  isJson: boolean;
  isWritten: boolean;
}

/** One case. */
export interface KubeconfigCase {
  files: CaseFile[];
  /** Indices of files as KUBECONFIG lists them, with repetitions; -1 is an empty entry. */
  list: number[];
  context: string | undefined;
}

/** Files that paths may name, relative to each kubeconfig's folder. `gone.pem` is not there. */
const besides = ['ca.pem', 'certs/client.pem', '../shared.pem'];

const name = fc.constantFrom('a', 'b', 'prod eu', '__proto__', 'constructor', 'user@example.com');
const path = fc.oneof(
  { weight: 40, arbitrary: fc.constantFrom(...besides) },
  { weight: 1, arbitrary: fc.constant('gone.pem') },
);
const base64 = fc.oneof(
  { weight: 80, arbitrary: fc.string().map((text) => Buffer.from(text).toString('base64')) },
  { weight: 1, arbitrary: fc.constantFrom('###', 'abc', 'a b=') },
);
const text = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom('plain', 'with space', 'ümlaut', '123', 'true', '~', 'x: y', '"', ''),
  },
  { weight: 4, arbitrary: fc.string({ maxLength: 8 }).filter((value) => !value.includes('\u0085')) },
);
/** Sometimes what is no text at all. */
const field = fc.oneof(
  { weight: 300, arbitrary: text },
  { weight: 1, arbitrary: fc.constantFrom(5, true, ['x']) },
);

const json = fc.constantFrom<unknown>(1, 2.5, true, null, 'x', [1, 'y'], { z: { deep: [] } });
const extensions = fc.uniqueArray(fc.record({ name, extension: json }, { requiredKeys: ['name'] }), {
  maxLength: 3,
  selector: (extension) => extension.name,
});

const cluster = fc.record(
  {
    server: fc.constantFrom('https://10.0.0.1:6443', 'http://localhost:8080', 'https://[::1]/k8s/c-1'),
    'tls-server-name': field,
    'insecure-skip-tls-verify': fc.boolean(),
    'certificate-authority': path,
    'proxy-url': fc.constantFrom('http://proxy:3128', 'socks5://127.0.0.1:1080'),
    'disable-compression': fc.boolean(),
    extensions,
    'field-of-tomorrow': json,
  },
  { requiredKeys: ['server'] },
);
const clusterWithData = fc.record({ server: text, 'certificate-authority-data': base64 });

const impersonation = fc.record(
  {
    as: field,
    'as-uid': text,
    'as-groups': fc.array(text, { maxLength: 3 }),
    'as-user-extra': fc.dictionary(
      fc.constantFrom('scopes', 'example.org/x'),
      fc.array(text, { maxLength: 2 }),
    ),
    extensions,
  },
  { requiredKeys: [] },
);
const exec = fc.record(
  {
    command: fc.constantFrom('aws', './bin/login', '/usr/bin/login'),
    args: fc.array(text, { maxLength: 3 }),
    env: fc.array(fc.record({ name: text, value: text }), { maxLength: 2 }),
    apiVersion: fc.constantFrom('client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'),
    installHint: text,
    provideClusterInfo: fc.boolean(),
    interactiveMode: fc.constantFrom('Never', 'IfAvailable', 'Always'),
  },
  { requiredKeys: ['command', 'apiVersion'] },
);
const login = fc.oneof(
  fc.record({ 'client-certificate': path, 'client-key': path }),
  fc.record({ 'client-certificate-data': base64, 'client-key-data': base64 }),
  fc.record({ token: field }),
  fc.record({ tokenFile: path }),
  fc.record({ username: field, password: text }),
  fc.record({ exec }),
  fc.record({
    'auth-provider': fc.record(
      { name: fc.constant('oidc'), config: fc.dictionary(fc.constantFrom('id-token', 'client-id'), text) },
      { requiredKeys: ['name'] },
    ),
  }),
  fc.constant({}),
);
const user = fc.oneof(
  { weight: 40, arbitrary: fc.tuple(login, impersonation).map(([one, other]) => ({ ...one, ...other })) },
  {
    weight: 1,
    arbitrary: fc.record({
      'client-certificate': path,
      'client-certificate-data': base64,
      'client-key': path,
    }),
  },
);
const context = fc.record(
  { cluster: name, user: name, namespace: fc.constantFrom('shop', 'kube-system'), extensions },
  { requiredKeys: ['cluster', 'user'] },
);

/** Lists of named entries; names repeat within a file once in a while. */
function entriesOf(kind: string, entry: fc.Arbitrary<unknown>) {
  const item = fc.record({ name, [kind]: entry });
  const selector = (value: { name?: unknown }) => value.name;
  return fc.oneof(
    { weight: 60, arbitrary: fc.uniqueArray(item, { minLength: 5, maxLength: 7, selector }) },
    { weight: 1, arbitrary: fc.array(item, { maxLength: 6 }) },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

const content = fc.record(
  {
    apiVersion: fc.constant('v1'),
    kind: fc.constant('Config'),
    'current-context': name,
    clusters: entriesOf('cluster', fc.oneof(cluster, clusterWithData)),
    users: entriesOf('user', user),
    contexts: entriesOf('context', context),
    preferences: fc.record({ colors: fc.boolean(), extensions }, { requiredKeys: [] }),
    extensions,
    unknown: json,
  },
  { requiredKeys: ['apiVersion', 'kind', 'clusters', 'users', 'contexts', 'current-context'] },
);

const file = fc.record({
  path: fc.constantFrom('config', 'one/config.yaml', 'one/two/c.json', 'three/k'),
  content,
  isJson: fc.boolean(),
  isWritten: fc.integer({ min: 0, max: 5 }).map((value) => value > 0),
});

/** Cases as people have them, and worse. */
export const kubeconfigCase: fc.Arbitrary<KubeconfigCase> = fc.record({
  files: fc.uniqueArray(file, { minLength: 1, maxLength: 4, selector: ({ path: at }) => at }),
  list: fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 1, maxLength: 5 }),
  context: fc.option(name, { nil: undefined, freq: 4 }),
});

/** Writes a case below a folder and gives the KUBECONFIG that names it. */
export function writeCase(folder: string, { files, list }: KubeconfigCase): string {
  for (const { path: at, content: fields, isJson, isWritten } of files) {
    const place = join(folder, at);
    mkdirSync(dirname(place), { recursive: true });
    for (const beside of besides) {
      const target = join(dirname(place), beside);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, `${at} ${beside}`);
    }
    if (isWritten)
      writeFileSync(place, isJson ? JSON.stringify(fields) : stringify(fields, { version: '1.1' }));
  }
  return [0, ...list]
    .map((index) => (index < 0 ? '' : join(folder, files[index % files.length]!.path)))
    .join(delimiter);
}
