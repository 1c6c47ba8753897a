// A kubeconfig as kubectl understands it: entries by name, with the fields' own spelling; what is empty is absent.

/** A named entry of `extensions`. */
export interface Extension {
  name: string;
  extension?: unknown;
}

/** How to reach an API server. */
export interface ClusterEntry {
  server?: string;
  'tls-server-name'?: string;
  'insecure-skip-tls-verify'?: boolean;
  'certificate-authority'?: string;
  /** base64 */
  'certificate-authority-data'?: string;
  'proxy-url'?: string;
  'disable-compression'?: boolean;
  extensions?: readonly Extension[];
}

/** A program that gives credentials. */
export interface ExecEntry {
  command?: string;
  args?: readonly string[];
  env?: readonly { name: string; value: string }[];
  apiVersion?: string;
  installHint?: string;
  provideClusterInfo?: boolean;
  interactiveMode?: string;
}

/** A way of logging in that client libraries had built in once. */
export interface AuthProviderEntry {
  name?: string;
  config?: Readonly<Record<string, string>>;
}

/** Who asks. */
export interface UserEntry {
  'client-certificate'?: string;
  /** base64 */
  'client-certificate-data'?: string;
  'client-key'?: string;
  /** base64 */
  'client-key-data'?: string;
  token?: string;
  tokenFile?: string;
  as?: string;
  'as-uid'?: string;
  'as-groups'?: readonly string[];
  'as-user-extra'?: Readonly<Record<string, readonly string[]>>;
  username?: string;
  password?: string;
  'auth-provider'?: AuthProviderEntry;
  exec?: ExecEntry;
  extensions?: readonly Extension[];
}

/** A cluster, a user and a namespace under one name. */
export interface ContextEntry {
  cluster?: string;
  user?: string;
  namespace?: string;
  extensions?: readonly Extension[];
}

/** One or several kubeconfig files as one. The maps' keys are foreign. */
export interface Kubeconfig {
  clusters: ReadonlyMap<string, ClusterEntry>;
  users: ReadonlyMap<string, UserEntry>;
  contexts: ReadonlyMap<string, ContextEntry>;
  currentContext: string;
  preferences: { colors?: boolean; extensions?: readonly Extension[] };
  extensions: ReadonlyMap<string, unknown>;
}

/** A kubeconfig without any entry. */
export const emptyKubeconfig: Kubeconfig = {
  clusters: new Map(),
  users: new Map(),
  contexts: new Map(),
  currentContext: '',
  preferences: {},
  extensions: new Map(),
};
