// The certificate that the operator's endpoints serve, kept alive: made by the operator itself, or from files.
import type { Clock } from '../manager/clock.ts';
import type { Component } from '../manager/component.ts';
import type { Logger } from '../manager/logger.ts';
import type { Metrics } from '../manager/metrics.ts';
import { createCaConfigMap } from './ca-config-map.ts';
import { CertificateHolder } from './certificate-holder.ts';
import { createCertificateMetrics, type CertificateMetrics } from './certificate-metrics.ts';
import type { CertificateSource } from './certificate-source.ts';
import { createFromFiles } from './from-files.ts';
import { defaultLifetimes, type Lifetimes } from './lifetimes.ts';
import { systemMint, type Mint } from './mint.ts';
import type { ServerParts } from './own-object.ts';
import { createOwnAuthority } from './own-authority.ts';
import { PassLoop } from './pass-loop.ts';
import type { ServingCertificate } from './serving-certificate.ts';
import type { WebhookPlace } from './webhook-configuration.ts';

/** What it is made of. */
export interface CertificatesParts {
  server: ServerParts;
  /** The operator's own. */
  namespace: string;
  dnsNames: readonly string[];
  /** Whose caBundle is kept; undefined where no webhook is served. */
  webhook: WebhookPlace | undefined;
  /** A folder of tls.crt, tls.key and perhaps ca.crt; empty: certificates of its own. */
  certPath: string;
  /** Without a certificate the process is not ready. */
  isRequired: boolean;
  /** A file's text; undefined where it cannot be read. */
  readText: (path: string) => string | undefined;
  /** Told after each look what is in the way, or that nothing is. */
  onLook?: (problem: string | undefined) => void;
  logger: Logger;
  metrics: Metrics;
  /** The wall clock, milliseconds since the epoch. */
  now: () => number;
  lifetimes?: Lifetimes;
  mint?: Mint;
  /** How often it is looked whether anything is due. */
  lookMs?: number;
}

/** Runs from its start to its stop. */
export type Certificates = Component & ServingCertificate;

/** What lasts shorter is not worth a line: a write that another replica was faster with, a folder in the middle of its update. */
const newsAfterMs = 1500;

/** Certificates; nothing is sent or read before it is started. */
export function createCertificates(parts: CertificatesParts): Certificates {
  const { server, logger, isRequired, lookMs = 2000 } = parts;
  const { clock } = server;
  const holder = new CertificateHolder(logger);
  const metrics = createCertificateMetrics(parts.metrics, () => source.problem !== undefined);
  const source = createSource(parts, holder, metrics);
  const reporter = createReporter(clock, logger);
  const loop = new PassLoop({
    clock,
    everyMs: lookMs,
    pass: async () => {
      await source.pass();
      reporter(source.problem);
      parts.onLook?.(source.problem);
    },
  });
  return {
    name: 'certificates',
    get: () => holder.get(),
    subscribe: (listener) => holder.subscribe(listener),
    start: () => {
      source.start(loop.wake);
      loop.start();
      return Promise.resolve();
    },
    stop: async () => {
      await Promise.all([loop.stop(), source.stop()]);
    },
    whyNotReady: () =>
      isRequired && holder.get() === undefined ? (source.problem ?? 'no certificate yet') : undefined,
  };
}

function createSource(
  parts: CertificatesParts,
  holder: CertificateHolder,
  metrics: CertificateMetrics,
): CertificateSource {
  const { server, namespace, certPath: folder } = parts;
  const { lifetimes = defaultLifetimes, mint = systemMint } = parts;
  if (folder === '') return createOwnAuthority({ ...parts, lifetimes, mint, holder, metrics });
  let wake = (): void => undefined;
  const target = createCaConfigMap(server, namespace, () => wake());
  const source = createFromFiles({ ...parts, folder, target, holder, metrics });
  return {
    get problem() {
      return source.problem;
    },
    start: (waker) => {
      wake = waker;
      source.start(waker);
    },
    pass: () => source.pass(),
    stop: () => source.stop(),
  };
}

/** Says once what is in the way, and once that it no longer is. */
function createReporter(clock: Clock, logger: Logger): (problem: string | undefined) => void {
  let seen: { problem: string; atMs: number } | undefined;
  let told: string | undefined;
  return (problem) => {
    if (problem !== seen?.problem) seen = problem === undefined ? undefined : { problem, atMs: clock.now() };
    if (seen === undefined) {
      if (told !== undefined) logger.info('Certificates are kept again');
      told = undefined;
    } else if (seen.problem !== told && clock.now() - seen.atMs >= newsAfterMs) {
      told = seen.problem;
      logger.warn('Certificates cannot be kept', { reason: told });
    }
  };
}
