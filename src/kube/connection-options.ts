// What decides which API server is asked, and as whom: kubectl's flags and the process around them.

/** As kubectl's flags of the same names; undefined where not given. */
export interface ConnectionOptions {
  env: Readonly<Record<string, string | undefined>>;
  /** The user's home, for ~/.kube/config; empty where there is none. */
  home: string;
  /** Relative paths of flags are relative to it. */
  cwd: string;
  kubeconfig?: string | undefined;
  context?: string | undefined;
  cluster?: string | undefined;
  user?: string | undefined;
  server?: string | undefined;
  token?: string | undefined;
  as?: string | undefined;
  asGroups?: readonly string[] | undefined;
  asUid?: string | undefined;
  namespace?: string | undefined;
  /** `--request-timeout`; 0 or undefined: none. */
  requestTimeoutMs?: number | undefined;
  insecureSkipTlsVerify?: boolean | undefined;
  certificateAuthority?: string | undefined;
  clientCertificate?: string | undefined;
  clientKey?: string | undefined;
  tlsServerName?: string | undefined;
  /** `kubectl-dorgu/0.1.0 (linux/x64)` */
  userAgent: string;
  /** Ends every request, and an exec plugin. */
  signal?: AbortSignal | undefined;
  /** Warnings for people: the server's, a kubeconfig that others can read. */
  onWarning?: ((text: string) => void) | undefined;
}
