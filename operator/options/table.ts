// Every option of the operator: flag, default, what it may be, what it means. --help and docs are made from it.
import { logFormats, logLevels } from '../manager/create-logger.ts';
import {
  anyText,
  bindAddress,
  durationOf,
  headers,
  hostNames,
  httpUrl,
  objectName,
  oneOf,
  someOf,
  trueOrFalse,
  wholeNumber,
  type ValueKind,
} from './kinds-of-values.ts';

/** One option. Its variable is DORGU_ and the words of the flag: `resync-interval`, DORGU_RESYNC_INTERVAL. */
export interface OptionEntry<T> {
  flag: string;
  /** As text, read like what people write. */
  default: string;
  /** What --help shows instead of the default, where that is found elsewhere. */
  shownDefault?: string;
  kind: ValueKind<T>;
  /** In half a sentence. */
  meaning: string;
}

const option = <T>(
  flag: string,
  fallback: string,
  kind: ValueKind<T>,
  meaning: string,
  shownDefault?: string,
): OptionEntry<T> => ({
  flag,
  default: fallback,
  kind,
  meaning,
  ...(shownDefault === undefined ? {} : { shownDefault }),
});

export const controllerNames = ['persona', 'cluster', 'argocd'] as const;

/** By the name that code uses. */
export const optionTable = {
  kubeconfig: option('kubeconfig', '', anyText, 'kubeconfig to use', 'in-cluster, else as kubectl'),
  context: option('context', '', anyText, 'context of the kubeconfig', 'its current-context'),
  isLeaderElected: option(
    'leader-elect',
    'false',
    trueOrFalse,
    'only one replica writes: the one that holds the Lease',
  ),
  leaderElectionNamespace: option(
    'leader-election-namespace',
    '',
    objectName,
    'namespace of the Lease',
    "the operator's own",
  ),
  controllers: option(
    'controllers',
    controllerNames.join(','),
    someOf(...controllerNames),
    'which controllers run here',
  ),
  resyncIntervalMs: option(
    'resync-interval',
    '60s',
    durationOf({ leastMs: 1000, example: '60s' }),
    'how often every persona is looked at again',
  ),
  discoveryIntervalMs: option(
    'discovery-interval',
    '5m',
    durationOf({ leastMs: 1000, example: '5m' }),
    'how often the cluster is discovered anew',
  ),
  concurrency: option('concurrency', '4', wholeNumber(1, 100), 'keys that a controller works on at once'),
  isWebhookEnabled: option('enable-webhook', 'false', trueOrFalse, 'serve the admission webhook'),
  webhookMode: option(
    'webhook-mode',
    'advisory',
    oneOf('advisory', 'enforcing'),
    'advisory warns, enforcing denies',
  ),
  webhookBindAddress: option('webhook-bind-address', ':9443', bindAddress, 'where the webhook listens'),
  webhookService: option('webhook-service', 'dorgu-webhook', objectName, 'Service in front of the webhook'),
  webhookConfiguration: option(
    'webhook-configuration',
    'dorgu-validating-webhook',
    objectName,
    'ValidatingWebhookConfiguration whose caBundle is kept',
  ),
  webhookCertPath: option(
    'webhook-cert-path',
    '',
    anyText,
    'folder of tls.crt and tls.key from outside (cert-manager)',
    'certificates of its own',
  ),
  isWebsocketEnabled: option('enable-websocket', 'false', trueOrFalse, 'serve the event stream'),
  websocketBindAddress: option('websocket-bind-address', ':9090', bindAddress, 'where the stream listens'),
  websocketHosts: option(
    'websocket-hosts',
    '',
    hostNames,
    'further names that the stream is reached by, for those who expose it themselves',
    'its Service alone',
  ),
  isArgocdEnabled: option(
    'enable-argocd',
    'true',
    trueOrFalse,
    'follow Argo CD Applications; dormant while their kind is not installed',
  ),
  prometheusUrl: option('prometheus-url', '', httpUrl, 'Prometheus to learn usage from', 'none'),
  prometheusBearerTokenFile: option(
    'prometheus-bearer-token-file',
    '',
    anyText,
    'file with a token for it',
    'none',
  ),
  prometheusUsername: option('prometheus-username', '', anyText, 'user name for it', 'none'),
  prometheusPasswordFile: option(
    'prometheus-password-file',
    '',
    anyText,
    'file with the password for it',
    'none',
  ),
  prometheusCaFile: option(
    'prometheus-ca-file',
    '',
    anyText,
    'file with the CA of its certificate',
    "the machine's",
  ),
  prometheusHeaders: option(
    'prometheus-headers',
    '',
    headers,
    'further headers for it: X-Scope-OrgID=shop',
    'none',
  ),
  sendsPlainPrometheusCredentials: option(
    'prometheus-insecure-credentials',
    'false',
    trueOrFalse,
    'send them over plain HTTP, too: anybody on the way can read them',
  ),
  prometheusTimeoutMs: option(
    'prometheus-timeout',
    '30s',
    durationOf({ leastMs: 100, example: '30s' }),
    'limit of one query',
  ),
  metricsBindAddress: option(
    'metrics-bind-address',
    ':8443',
    bindAddress,
    'where /metrics is served, over HTTPS',
  ),
  healthProbeBindAddress: option(
    'health-probe-bind-address',
    ':8081',
    bindAddress,
    'where /healthz and /readyz are served',
  ),
  logLevel: option('log-level', 'info', oneOf(...logLevels), 'the least that is logged'),
  logFormat: option('log-format', 'json', oneOf(...logFormats), 'text for people'),
} as const satisfies Record<string, OptionEntry<unknown>>;

/** The name of the option's variable. */
export function variableOf({ flag }: Pick<OptionEntry<unknown>, 'flag'>): string {
  return `DORGU_${flag.toUpperCase().replaceAll('-', '_')}`;
}
