// Errors of the way to a cluster, and of its answers.
import type { ErrorEntry } from './error-entry.ts';

export const clusterErrors = {
  KubeconfigNotFound: {
    kind: 'preflight',
    when: 'there is no kubeconfig, neither by flag nor by KUBECONFIG nor in the home folder',
    remedy: 'name one with --kubeconfig, or log in to a cluster',
  },
  KubeconfigUnreadable: {
    kind: 'failed',
    when: 'a kubeconfig cannot be read',
    remedy: 'check its permissions, and that it is a file',
  },
  KubeconfigInvalid: {
    kind: 'invalid',
    when: 'a kubeconfig is not one',
    remedy: 'mend the line; kubectl config view reads the file in the same way',
  },
  ContextNotFound: {
    kind: 'invalid',
    when: 'the kubeconfig has no such context',
    remedy: 'kubectl config get-contexts lists them',
  },
  ClusterNotFound: {
    kind: 'invalid',
    when: 'the kubeconfig has no such cluster',
    remedy: 'kubectl config get-clusters lists them',
  },
  UserNotFound: {
    kind: 'invalid',
    when: 'the kubeconfig has no such user',
    remedy: 'kubectl config get-users lists them',
  },
  NoServer: {
    kind: 'preflight',
    when: 'neither flags nor kubeconfig name an API server',
    remedy: 'choose a context: kubectl config use-context NAME',
  },
  ServerInvalid: {
    kind: 'invalid',
    when: "the server's address is no URL",
    remedy: 'write https://HOST:PORT',
  },
  ProxyInvalid: {
    kind: 'invalid',
    when: 'the address of the proxy is none',
    remedy: 'write http://, https:// or socks5://HOST:PORT',
  },
  ProxyFailed: {
    kind: 'transient',
    when: 'the proxy does not answer, or refuses',
    remedy: 'look at proxy-url, HTTPS_PROXY and NO_PROXY',
  },
  Unreachable: {
    kind: 'transient',
    when: 'the API server does not answer',
    remedy: 'is a VPN off, or another context meant? kubectl config get-contexts',
  },
  BrokenAnswer: {
    kind: 'transient',
    when: 'the connection broke in the middle of an answer',
    remedy: 'run it again',
  },
  InvalidAnswer: {
    kind: 'failed',
    when: 'what answers is no API server, such as a page to sign in',
    remedy: 'look at the address, and at what stands in front of it',
  },
  Timeout: {
    kind: 'waiting',
    when: 'an answer, or a state that was waited for, did not come in time',
    remedy: '--request-timeout or --timeout gives it longer',
  },
  TlsFailed: {
    kind: 'transient',
    when: "the server's certificate cannot be trusted",
    remedy: 'the hint says why: another CA, other names, an old certificate, a wrong clock',
  },
  CertificateInvalid: {
    kind: 'invalid',
    when: 'a certificate or key cannot be used',
    remedy: 'write the kubeconfig anew',
  },
  CertificateUnreadable: {
    kind: 'failed',
    when: 'the file of a certificate or key cannot be read',
    remedy: 'check its path and permissions',
  },
  TokenInvalid: {
    kind: 'invalid',
    when: 'a token holds characters that no token has',
    remedy: 'log in again',
  },
  TokenFileUnreadable: {
    kind: 'failed',
    when: 'the file of a token cannot be read',
    remedy: 'check its path and permissions',
  },
  AuthProviderUnknown: {
    kind: 'failed',
    when: 'the kubeconfig uses an auth-provider that kubectl no longer has',
    remedy: 'use its credential plugin instead',
  },
  ExecPluginFailed: {
    kind: 'failed',
    when: 'a credential plugin cannot be started, fails, or answers with something else than credentials',
    remedy: 'run it by hand; the hint shows how to install it where the kubeconfig says',
  },
  ExecPluginInvalid: {
    kind: 'invalid',
    when: "exec of the kubeconfig's user has no command, or an apiVersion or interactiveMode that is none",
    remedy: 'mend exec of the user in the kubeconfig, or have it written anew',
  },
  OidcExpired: {
    kind: 'denied',
    when: 'the OIDC login of the kubeconfig has expired, and kubectl could not renew it',
    remedy: 'log in again, or take another --context',
  },
  ImpersonationIncomplete: {
    kind: 'usage',
    when: 'groups, a UID or extras are impersonated without a user',
    remedy: 'add --as USER',
  },
  InvalidHeader: {
    kind: 'usage',
    when: 'a name to impersonate cannot be sent',
    remedy: 'use a name without line breaks',
  },
  CrdsMissing: {
    kind: 'preflight',
    when: 'the cluster does not know personas',
    remedy: 'install the kinds with the command in the hint',
  },
  NamespaceMismatch: {
    kind: 'usage',
    when: 'an object names another namespace than -n',
    remedy: 'leave one of them out',
  },
  NotReady: {
    kind: 'refused',
    when: 'what was waited for has failed',
    remedy: 'kubectl dorgu persona status NAME says why',
  },
  NotImported: {
    kind: 'invalid',
    when: 'the workload belongs to another object, or is of a kind that has no persona',
    remedy: 'import the object that owns it',
  },
  Interrupted: { kind: 'interrupted', when: 'Ctrl-C, or SIGTERM', remedy: 'nothing was left half-written' },
} as const satisfies Record<string, ErrorEntry>;
