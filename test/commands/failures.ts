// What can be in the way of a command that asks a cluster, and what it has to answer.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { FaultProxy, FaultRule } from '../faults/fault-proxy.ts';

/** Every command that asks a cluster; `reads` ones have nothing to lose. */
export const commandLines = {
  'persona apply': ['persona', 'apply', '-f', 'persona.yaml'],
  'persona status': ['persona', 'status', 'shop'],
  'persona list': ['persona', 'list'],
  'persona diff': ['persona', 'diff', 'shop'],
  'persona delete': ['persona', 'delete', 'shop', '--yes'],
  'persona impact': ['persona', 'impact'],
  'persona import': ['persona', 'import'],
  'persona import to a folder': ['persona', 'import', '--output-dir', 'personas'],
  'cluster init': ['cluster', 'init', 'prod', '--dry-run=server'],
  'cluster describe': ['cluster', 'describe'],
  'cluster status': ['cluster', 'status'],
  recommend: ['recommend', 'shop'],
} as const;
/** One of them. */
export type Title = keyof typeof commandLines;
/** Their titles. */
export const titles = Object.keys(commandLines) as Title[];

/** How a kubeconfig differs from an administrator's. */
export interface Kubeconfig {
  cluster?: Record<string, unknown>;
  user?: Record<string, unknown>;
}

/** What is in the way, and what every command answers to it. */
export interface Failure {
  kubeconfig: (proxy: FaultProxy, refusing: string) => Kubeconfig | undefined;
  script?: FaultRule[];
  flags?: string[];
  code: number;
  errorCode: string;
  message: RegExp;
  /** Other answers of single commands. */
  except?: Partial<Record<Title, { code: number; errorCode?: string; message?: RegExp }>>;
}

/** Fits every request. */
export const always = () => true;
/** A kubeconfig that leads to the proxy. */
export const viaProxy = (proxy: FaultProxy): Kubeconfig => ({ cluster: { server: proxy.url }, user: {} });
/** Kubernetes' Status. */
export const status = (code: number, reason: string, message: string) => ({
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  code,
  reason,
  message,
});
/** Fits what would change something. */
export const isWrite: FaultRule['fits'] = ({ method }) => method !== 'GET';

/** By what is in the way. */
export const failures: Record<string, Failure> = {
  'there is no kubeconfig': {
    kubeconfig: () => undefined,
    code: 3,
    errorCode: 'KubeconfigNotFound',
    message: /kubeconfig/,
  },
  'nothing listens at the server': {
    kubeconfig: () => ({ cluster: { server: 'https://127.0.0.1:1' } }),
    code: 7,
    errorCode: 'Unreachable',
    message: /^error: the API server at https:\/\/127\.0\.0\.1:1 does not answer$/m,
  },
  'the token has expired': {
    kubeconfig: () => ({ user: { token: 'expired' } }),
    code: 4,
    errorCode: 'Unauthorized',
    message: /^error: Unauthorized$/m,
  },
  'the user may do nothing': {
    kubeconfig: () => ({}),
    flags: ['--as', 'nobody'],
    code: 4,
    errorCode: 'Forbidden',
    message: /^error: .*is forbidden: User "nobody" cannot/m,
  },
  'the certificate is of another authority': {
    kubeconfig: () => ({ cluster: { 'certificate-authority-data': undefined } }),
    code: 7,
    errorCode: 'TlsFailed',
    message: /^error: the API server at .* cannot be trusted$/m,
  },
  'the proxy is not there': {
    kubeconfig: () => ({ cluster: { 'proxy-url': 'http://127.0.0.1:1' } }),
    code: 7,
    errorCode: 'ProxyFailed',
    message: /^error: .*proxy.*127\.0\.0\.1:1/m,
  },
  'the proxy refuses': {
    kubeconfig: (_, refusing) => ({ cluster: { 'proxy-url': refusing } }),
    code: 7,
    errorCode: 'ProxyFailed',
    message: /^error: .*proxy/m,
  },
  'the server fails': {
    kubeconfig: viaProxy,
    script: [
      {
        fits: always,
        fault: {
          kind: 'answer',
          status: 500,
          body: status(500, 'InternalError', 'etcd is out of \u001b[31mspace'),
        },
      },
    ],
    code: 9,
    errorCode: 'InternalError',
    message: /^error: etcd is out of \\x1b\[31mspace$/m,
  },
  'the server answers with a page': {
    kubeconfig: viaProxy,
    script: [{ fits: always, fault: { kind: 'answer', status: 200, body: '<html>Sign in</html>' } }],
    code: 9,
    errorCode: 'InvalidAnswer',
    message: /^error: .*(JSON|HTML)/m,
  },
  'the server never answers': {
    kubeconfig: viaProxy,
    script: [{ fits: always, fault: { kind: 'stall' } }],
    flags: ['--request-timeout=200ms'],
    code: 8,
    errorCode: 'Timeout',
    message: /^error: the API server at .* did not answer in time/m,
  },
};

/** A persona as a manifest. */
export function personaText(name: string, type: string): string {
  return JSON.stringify({
    apiVersion: 'dorgu.io/v1',
    kind: 'ApplicationPersona',
    metadata: { name },
    spec: { name, type },
  });
}

/** An administrator's kubeconfig with other fields; an undefined one is left out, a user's replace all. */
export function changeKubeconfig(
  path: string,
  { cluster = {}, user }: Kubeconfig,
  namespace: string,
): object {
  const config = parse(readFileSync(path, 'utf8')) as {
    clusters: [{ name: string; cluster: object }];
    users: [{ name: string; user: object }];
    contexts: [{ name: string; context: object }];
  };
  const isPlain = typeof cluster['server'] === 'string' && cluster['server'].startsWith('http:');
  return {
    ...config,
    clusters: [
      {
        name: config.clusters[0].name,
        cluster: isPlain ? cluster : { ...config.clusters[0].cluster, ...cluster },
      },
    ],
    users: [{ name: config.users[0].name, user: user ?? config.users[0].user }],
    contexts: [{ name: config.contexts[0].name, context: { ...config.contexts[0].context, namespace } }],
  };
}
