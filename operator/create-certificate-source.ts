// Which certificates this process keeps, from its options: for the names of its Services, in its own namespace.
import { createReflector } from '../src/kube/watch/create-reflector.ts';
import { createCertificates, type Certificates } from './certificates/create-certificates.ts';
import { createProblemEvents } from './certificates/problem-events.ts';
import { createStopgap } from './certificates/create-stopgap.ts';
import { createSelfSigned } from './certificates/self-signed.ts';
import type { ServingCertificate } from './certificates/serving-certificate.ts';
import type { ClusterClients } from './connect-cluster.ts';
import { systemClock } from './manager/clock.ts';
import type { Component } from './manager/component.ts';
import type { EventRecorder } from './manager/events.ts';
import type { Leadership } from './manager/leadership.ts';
import type { Pulse } from './manager/create-pulse.ts';
import type { Logger } from './manager/logger.ts';
import type { Metrics } from './manager/metrics.ts';
import type { OperatorOptions } from './options.ts';
import { findOwnObject, type Surroundings } from './own-place.ts';
import { product } from './product.ts';

/** What it is made of. */
export interface CertificateSourceParts {
  options: OperatorOptions;
  clients: Pick<ClusterClients, 'reads' | 'writes'>;
  metrics: Metrics;
  namespace: string;
  logger: Logger;
  surroundings: Pick<Surroundings, 'readText' | 'env' | 'hostname'>;
  events: EventRecorder;
  leadership: Leadership;
  pulse: Pick<Pulse, 'whyNotReady'>;
}

/** Services in front of the endpoints, besides the webhook's, which is an option. */
export const services = { metrics: 'dorgu-metrics', stream: 'dorgu-stream' } as const;

/** The names of a Service that a certificate of it bears. */
export function toServiceNames(name: string, namespace: string): string[] {
  return ['svc', 'svc.cluster.local'].map((domain) => `${name}.${namespace}.${domain}`);
}

/** Undefined where nothing is served over TLS. */
export function createCertificateSource({
  options,
  clients: { reads, writes },
  metrics,
  namespace,
  logger,
  surroundings,
  ...telling
}: CertificateSourceParts): Certificates | undefined {
  const { webhookService: service, webhookConfiguration: configuration } = options;
  const isWebhookServed = options.isWebhookEnabled && options.webhookBindAddress !== 'off';
  const isStreamServed = options.isWebsocketEnabled && options.websocketBindAddress !== 'off';
  if (!isWebhookServed && !isStreamServed && options.metricsBindAddress === 'off') return undefined;
  return createCertificates({
    server: { reads, writes, createReflector, clock: systemClock, random: Math.random },
    namespace,
    dnsNames: [
      ...[service, services.metrics, services.stream].flatMap((name) => toServiceNames(name, namespace)),
      ...(isStreamServed ? options.websocketHosts : []),
    ],
    webhook: isWebhookServed ? { service, configuration, namespace } : undefined,
    certPath: options.webhookCertPath,
    isRequired: isWebhookServed || isStreamServed,
    readText: surroundings.readText,
    onLook: createProblemEvents({
      ...telling,
      isAnswered: () => telling.pulse.whyNotReady() === undefined,
      object: findOwnObject(surroundings, namespace),
      clock: systemClock,
    }),
    logger: logger.with({ component: 'certificates' }),
    metrics,
    now: Date.now,
  });
}

/** Metrics are to be had from the first moment, and also where the cluster lets us keep no CA: who scrapes need not check the certificate. */
export function createMetricsCertificate(
  certificates: ServingCertificate,
  namespace: string,
): Component & ServingCertificate {
  const dnsNames = ['localhost', `${services.metrics}.${namespace}.svc`];
  return createStopgap(certificates, () => createSelfSigned(product.name, dnsNames, Date.now()));
}
