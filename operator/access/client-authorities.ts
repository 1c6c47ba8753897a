// The CAs that sign this cluster's client certificates: what the API server publishes in kube-system, kept up to date.
import type { KubeClient } from '../../src/kube/client.ts';
import { resources } from '../../src/kube/resources.ts';
import { fieldsOf } from '../../src/kube/watch/watch-event.ts';
import { parseBundle, type TrustedCertificate } from '../certificates/trusted-certificate.ts';
import { isRefused } from '../manager/caches/is-refused.ts';
import type { ReflectorFactory } from '../manager/caches/reflector-factory.ts';
import type { Clock } from '../manager/clock.ts';
import type { Component } from '../manager/component.ts';
import type { Logger } from '../manager/logger.ts';

/** Where the API server says it, for those who serve beside it. */
export const authoritiesPlace = {
  namespace: 'kube-system',
  name: 'extension-apiserver-authentication',
  key: 'client-ca-file',
} as const;

/** Who signs. */
export interface ClientAuthorities {
  /** Empty where nothing is known, or where the API server takes no client certificates: then none is good. The same array until it changes. */
  readonly trusted: readonly TrustedCertificate[];
  /** Whether they have been read, or may not be: until then nobody can say that a certificate is no good. */
  readonly isKnown: boolean;
  /** Called when they are others; returns what ends that. */
  subscribe(listener: () => void): () => void;
}

/** What it is made of. */
export interface ClientAuthoritiesParts {
  client: KubeClient;
  createReflector: ReflectorFactory;
  clock: Clock;
  logger: Logger;
}

/** How often it is looked whether they can be read. */
const lookMs = 2000;
const none: readonly TrustedCertificate[] = [];

/** Watched from its start to its stop. Where they cannot be read, the last known ones count, and the log says so. */
export function createClientAuthorities(parts: ClientAuthoritiesParts): ClientAuthorities & Component {
  const { client, createReflector, logger } = parts;
  const { name, namespace, key } = authoritiesPlace;
  const listeners = new Set<() => void>();
  let trusted = none;
  const reflector = createReflector<string>(client, {
    resource: resources.configMaps,
    namespace,
    fieldSelector: `metadata.name=${name}`,
    project: (object) => {
      const text = fieldsOf(fieldsOf(object)['data'])[key];
      return typeof text === 'string' ? text : '';
    },
    onChange: () => {
      const [text = ''] = reflector.objects.values();
      trusted = parseBundle(text);
      logger.info('CAs of client certificates', { count: trusted.length });
      for (const listener of listeners) listener();
    },
  });
  const look = createLook(parts, () => reflector.health().failure);
  return {
    name: 'client authorities',
    get trusted() {
      return trusted;
    },
    get isKnown() {
      return reflector.isSynced || isRefused(reflector.health().failure);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start: () => {
      reflector.start();
      look.start();
      return Promise.resolve();
    },
    stop: () => {
      look.stop();
      return reflector.stop();
    },
    // Tokens do without.
    whyNotReady: () => undefined,
  };
}

/** Says once what is in the way, and once that it no longer is; what is gone at the next look was not worth a line. */
function createLook(
  { clock, logger }: Pick<ClientAuthoritiesParts, 'clock' | 'logger'>,
  findFailure: () => string | undefined,
): { start(): void; stop(): void } {
  let seen: string | undefined;
  let told: string | undefined;
  let cancel = (): void => undefined;
  const look = (): void => {
    const reason = findFailure();
    if (reason !== undefined && reason === seen && reason !== told) {
      told = reason;
      logger.warn('CAs of client certificates cannot be read', { reason });
    }
    if (reason === undefined && told !== undefined) {
      told = undefined;
      logger.info('CAs of client certificates are read again');
    }
    seen = reason;
    cancel = clock.setTimer(look, lookMs);
  };
  return { start: look, stop: () => cancel() };
}
