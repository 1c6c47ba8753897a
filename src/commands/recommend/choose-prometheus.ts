// Which Prometheus the flags of `recommend` mean, and how far back it is asked.
import { DorguError } from '../../api/errors.ts';
import {
  parseServicePlace,
  toServiceUrl,
  type ServicePlace,
} from '../../cluster/recommend/prometheus-service.ts';
import type { PrometheusClientOptions } from '../../prometheus/client-options.ts';
import { parseDuration } from '../../quantity/index.ts';
import { parseTimeout } from '../connection-flags.ts';
import { createUsageError } from '../usage-error.ts';
import { prometheusFlags, type PrometheusFlagValues } from './prometheus-flags.ts';

/** Which Prometheus, and how far back. */
export interface PrometheusChoice {
  options: Omit<PrometheusClientOptions, 'now' | 'signal' | 'openSocket'>;
  /** Where it is reached through the API server. */
  service: ServicePlace | undefined;
  spanMs: number;
}

const dayMs = 86_400_000;
/** As much as is ever remembered of a workload. */
const longestMs = 8 * dayMs;
const shortestMs = 1_800_000;

/** Undefined where none is to be asked. @throws DorguError BadArguments, BadFlagValue (usage) */
export function choosePrometheus(flags: PrometheusFlagValues, command: string): PrometheusChoice | undefined {
  const { 'prometheus-url': url, 'prometheus-service': serviceText } = flags;
  if (url === undefined && serviceText === undefined) {
    const [stray] = Object.keys(prometheusFlags).filter((name) => isGiven(flags, name));
    if (stray === undefined) return undefined;
    throw createUsageError('BadArguments', `--${stray} goes together with --prometheus-url or --prometheus-service alone`, command); // prettier-ignore
  }
  if (url !== undefined && serviceText !== undefined)
    throw createUsageError('BadArguments', '--prometheus-url and --prometheus-service cannot be given together', command); // prettier-ignore
  const service = serviceText === undefined ? undefined : parseService(serviceText, command);
  return {
    service,
    spanMs: parseWindow(flags.window, command),
    options: {
      url: service === undefined ? (url ?? '') : toServiceUrl(service),
      ...readOptions(flags, command),
      // What goes through the API server goes over its TLS.
      allowsPlainCredentials: service !== undefined || flags['prometheus-insecure-credentials'] === true,
    },
  };
}

/** What is on or off is off where it is not given. */
function isGiven(flags: PrometheusFlagValues, name: string): boolean {
  const value: unknown = new Map<string, unknown>(Object.entries(flags)).get(name);
  return value !== undefined && value !== false;
}

function readOptions(flags: PrometheusFlagValues, command: string) {
  const username = flags['prometheus-username'];
  const passwordFile = flags['prometheus-password-file'];
  if (passwordFile !== undefined && username === undefined)
    throw createUsageError('BadArguments', '--prometheus-password-file needs --prometheus-username', command);
  return {
    bearerTokenFile: flags['prometheus-bearer-token-file'],
    basic: username === undefined ? undefined : { username, passwordFile },
    caFile: flags['prometheus-ca-file'],
    headers: Object.fromEntries((flags['prometheus-header'] ?? []).map((text) => parseHeader(text, command))),
    timeoutMs: parseTimeout('--prometheus-timeout', flags['prometheus-timeout']) || undefined,
  };
}

function parseService(text: string, command: string): ServicePlace {
  const place = parseServicePlace(text);
  if (place !== undefined) return place;
  throw createUsageError(
    'BadFlagValue',
    `--prometheus-service ${JSON.stringify(text)}: expected NAMESPACE/NAME:PORT`,
    command,
    '--prometheus-service monitoring/prometheus-k8s:9090',
  );
}

/** A value may be a secret: it is not repeated. */
function parseHeader(text: string, command: string): [string, string] {
  const equals = text.indexOf('=');
  if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)];
  throw createUsageError('BadFlagValue', '--prometheus-header: expected NAME=VALUE', command, '--prometheus-header X-Scope-OrgID=shop'); // prettier-ignore
}

/** Go's durations, and days. */
function parseWindow(text: string | undefined, command: string): number {
  if (text === undefined) return 7 * dayMs;
  const days = /^(\d{1,3})d$/.exec(text)?.[1];
  const parsed =
    days === undefined ? parseDuration(text) : { ok: true as const, durationMs: Number(days) * dayMs };
  const isFit = parsed.ok && parsed.durationMs >= shortestMs && parsed.durationMs <= longestMs;
  if (isFit) return parsed.durationMs;
  throw createUsageError(
    'BadFlagValue',
    `invalid value ${JSON.stringify(text)} for --window: expected a time from 30m to 8d`,
    command,
    '--window 7d',
  );
}

/** The flags that help, in the hint: there may be a way through the API server, and more time. @throws always */
export function explainPrometheusError(error: unknown, hasUrl: boolean): never {
  const hint = error instanceof DorguError ? findHint(error, hasUrl) : undefined;
  if (hint === undefined || !(error instanceof DorguError)) throw error;
  throw new DorguError(error.code, error.message, { cause: error.cause, hint });
}

function findHint({ code, hint = '' }: DorguError, hasUrl: boolean): string | undefined {
  if (code === 'PrometheusTimeout')
    return '--prometheus-timeout 2m gives it longer; one namespace, or a shorter --window, asks for less';
  // What is said of a certificate helps more.
  const isLost = code === 'PrometheusUnreachable' && !hint.includes('certificate');
  return hasUrl && isLost
    ? 'inside of the cluster? --prometheus-service NAMESPACE/NAME:PORT goes through the API server'
    : undefined;
}
