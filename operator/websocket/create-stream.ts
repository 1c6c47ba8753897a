// The stream as a part of the operator: its server bound to an address, who may come in and what they see, and its orderly end.
import type { AddressInfo } from 'node:net';
import type { Access } from '../access/create-access.ts';
import type { Authenticator } from '../access/create-authenticator.ts';
import type { ClientAuthorities } from '../access/client-authorities.ts';
import type { ServingCertificate } from '../certificates/serving-certificate.ts';
import type { Clock } from '../manager/clock.ts';
import type { Component } from '../manager/component.ts';
import { listen } from '../manager/endpoints/listen.ts';
import type { Logger } from '../manager/logger.ts';
import type { Metrics } from '../manager/metrics.ts';
import type { BindAddress } from '../options/kinds-of-values.ts';
import { createAudit } from './audit.ts';
import { createStreamServer, type StreamServer } from './create-server.ts';
import type { Hub } from './hub.ts';
import { defaultStreamLimits, defaultStreamTimes, type StreamLimits, type StreamTimes } from './limits.ts';
import { createStreamMetrics } from './metrics.ts';
import { Places } from './places.ts';
import { receive, type ReceptionParts } from './reception.ts';
import { createRights } from './rights.ts';
import { Session, type SessionParts } from './session.ts';
import { Sessions } from './sessions.ts';
import { createSparingWarning } from './sparing-warning.ts';
import { watchNames } from './watch-names.ts';

/** While the API server is away everybody comes again and again: the log is told so often, the metrics all of it. */
const warnMs = 10_000;

/** What it is made of. */
export interface StreamParts {
  address: Readonly<BindAddress>;
  /** Host names that it is served under; by the first one the CLI asks. */
  hosts: readonly string[];
  hub: Pick<Hub, 'subscribe' | 'list'>;
  authenticator: Authenticator;
  access: Access;
  authorities: ClientAuthorities;
  certificate: ServingCertificate;
  /** Aborts when the process is asked to stop, long before {@link Component.stop}. */
  signal: AbortSignal;
  logger: Logger;
  metrics: Metrics;
  /** As `hello` says it. */
  version: string;
  clock: Clock;
  /** Milliseconds since the epoch. */
  now: () => number;
  random: () => number;
  limits?: StreamLimits;
  times?: StreamTimes;
}

/** Not listening yet. Start rejects where the address cannot be had. */
export function createStream(parts: StreamParts): Component & { readonly port: number | undefined } {
  const { address, certificate, authorities, signal, logger } = parts;
  const { server, follow, closeDoor, sessions } = assemble(parts);
  let stopFollowing = (): void => undefined;
  let stopWatching = (): void => undefined;
  let port: number | undefined;
  signal.addEventListener('abort', () => sessions.sayGoodbye(), { once: true });
  return {
    name: 'stream',
    get port() {
      return port;
    },
    start: async () => {
      stopFollowing = follow(certificate, authorities);
      stopWatching = watchNames(certificate, parts.hosts[0], logger);
      await listen(server, address, 'websocket-bind-address');
      ({ port } = server.address() as AddressInfo);
      sessions.start();
      logger.info('Listening', { endpoint: 'stream', host: address.host ?? '', port });
    },
    stop: async () => {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      await sessions.stop();
      closeDoor();
      server.closeAllConnections();
      if (port !== undefined) await closed;
      stopFollowing();
      stopWatching();
    },
    whyNotReady: () => {
      if (port === undefined) return 'not listening';
      return certificate.get() === undefined ? 'no certificate' : undefined;
    },
  };
}

function assemble(parts: StreamParts): StreamServer & { sessions: Sessions } {
  const { limits = defaultStreamLimits, times = defaultStreamTimes, clock, logger, signal } = parts;
  const ticks = (): number => clock.now();
  const places = new Places(limits);
  const sessions = new Sessions(clock, times);
  const metrics = createStreamMetrics(parts.metrics, {
    connections: () => places.taken,
    subscriptions: () => sessions.countSubscriptions(),
    authorities: () => parts.authorities.trusted.length,
  });
  const hosts = new Set(parts.hosts.map((name) => name.toLowerCase()));
  const isStopping = (): boolean => signal.aborted;
  const warnOfSilence = createSparingWarning('Nobody could be asked who wants to follow the stream', {
    ...{ logger, ticks },
    everyMs: warnMs,
  });
  const reception: ReceptionParts = {
    ...parts,
    ...{ hosts, places, metrics, warnOfSilence, isStopping, ticks },
  };
  const session: SessionParts = {
    ...parts,
    rights: createRights(parts.access),
    metrics,
    limits,
    times,
    ticks,
  };
  const audit = createAudit(logger);
  const server = createStreamServer({
    limits,
    times,
    metrics,
    logger,
    receive: (request, socket) => receive(reception, request, socket),
    welcome: (socket, duplex, { credential }, request) => {
      const tell = audit.opened(credential, request);
      const opened: Session = new Session(socket, duplex, credential, session, (end) => {
        sessions.remove(opened);
        metrics.countClosed(end.reason);
        tell(end);
      });
      sessions.add(opened);
    },
  });
  return { ...server, sessions };
}
