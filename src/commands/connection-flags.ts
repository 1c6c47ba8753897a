// kubectl's flags that say which API server is asked, and as whom; the commands that ask one take them all.
import * as Flags from '@oclif/core/flags';
import { parseDuration } from '../quantity/duration.ts';
import { DorguError } from '../api/errors.ts';
import type { ConnectionOptions } from '../kube/connection-options.ts';
import type { Invocation } from './invocation.ts';
import { product } from './product.ts';

export const connectionFlags = {
  namespace: Flags.string({ char: 'n', helpValue: 'NAME', summary: "namespace instead of the context's" }),
  kubeconfig: Flags.string({
    helpValue: 'FILE',
    summary: 'kubeconfig instead of $KUBECONFIG, ~/.kube/config',
  }),
  context: Flags.string({ helpValue: 'NAME', summary: 'context of the kubeconfig' }),
  cluster: Flags.string({ helpValue: 'NAME', summary: 'cluster of the kubeconfig' }),
  user: Flags.string({ helpValue: 'NAME', summary: 'user of the kubeconfig' }),
  server: Flags.string({ char: 's', helpValue: 'URL', summary: 'address of the API server' }),
  token: Flags.string({ helpValue: 'TOKEN', summary: 'bearer token' }),
  as: Flags.string({ helpValue: 'USER', summary: 'user to impersonate' }),
  'as-group': Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'GROUP',
    summary: 'group to impersonate, repeated for several',
  }),
  'as-uid': Flags.string({ helpValue: 'UID', summary: 'UID to impersonate' }),
  'request-timeout': Flags.string({
    helpValue: 'TIME',
    summary: 'longest time of one request, 30s or 2m; 0: none',
  }),
  'insecure-skip-tls-verify': Flags.boolean({ summary: 'take any certificate: open to eavesdroppers' }),
  'certificate-authority': Flags.string({ helpValue: 'FILE', summary: 'certificate of the CA' }),
  'client-certificate': Flags.string({ helpValue: 'FILE', summary: 'client certificate' }),
  'client-key': Flags.string({ helpValue: 'FILE', summary: 'key of the client certificate' }),
  'tls-server-name': Flags.string({
    helpValue: 'NAME',
    summary: "name to expect in the server's certificate",
  }),
};

/** What oclif's parser makes of {@link connectionFlags}. */
export interface ConnectionFlagValues {
  namespace?: string | undefined;
  kubeconfig?: string | undefined;
  context?: string | undefined;
  cluster?: string | undefined;
  user?: string | undefined;
  server?: string | undefined;
  token?: string | undefined;
  as?: string | undefined;
  'as-group'?: string[] | undefined;
  'as-uid'?: string | undefined;
  'request-timeout'?: string | undefined;
  'insecure-skip-tls-verify'?: boolean | undefined;
  'certificate-authority'?: string | undefined;
  'client-certificate'?: string | undefined;
  'client-key'?: string | undefined;
  'tls-server-name'?: string | undefined;
}

/** @throws DorguError BadFlagValue (usage) for a timeout that is none */
export function toConnectionOptions(flags: ConnectionFlagValues, invocation: Invocation): ConnectionOptions {
  const { env, home, cwd, signal } = invocation;
  return {
    env,
    home,
    cwd,
    signal,
    kubeconfig: flags.kubeconfig,
    context: flags.context,
    cluster: flags.cluster,
    user: flags.user,
    server: flags.server,
    token: flags.token,
    as: flags.as,
    asGroups: flags['as-group'],
    asUid: flags['as-uid'],
    namespace: flags.namespace,
    requestTimeoutMs: parseTimeout('--request-timeout', flags['request-timeout']),
    // kubectl lets `--insecure-skip-tls-verify=false` override a kubeconfig; the parser cannot tell it from an absent flag.
    insecureSkipTlsVerify: flags['insecure-skip-tls-verify'] === true ? true : undefined,
    certificateAuthority: flags['certificate-authority'],
    clientCertificate: flags['client-certificate'],
    clientKey: flags['client-key'],
    tlsServerName: flags['tls-server-name'],
    userAgent: `${product.name}/${product.version} (${process.platform}/${process.arch})`,
  };
}

/**
 * A time as kubectl reads it: a Go duration, or whole seconds without a unit; `0` is none.
 * @returns milliseconds; undefined where not given
 * @throws DorguError BadFlagValue (usage)
 */
export function parseTimeout(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const parsed = parseDuration(/^\d{1,9}$/.test(text) ? `${text}s` : text);
  if (parsed.ok && parsed.durationMs >= 0) return parsed.durationMs;
  throw new DorguError(
    'BadFlagValue',
    `invalid value ${JSON.stringify(text)} for ${flag}: expected a time such as 30s, 2m or 0 for none`,
    { hint: `${flag} 30s` },
  );
}
