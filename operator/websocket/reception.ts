// Who comes in: credentials first, before anything else is looked at, then what is asked for, then whether there is room.
import type { TLSSocket } from 'node:tls';
import type { Authenticator, Credential } from '../access/create-authenticator.ts';
import type { LogFields } from '../manager/logger.ts';
import { findRefusal, readToken, type Asked, type Refusal } from './find-refusal.ts';
import type { StreamMetrics } from './metrics.ts';
import type { Places } from './places.ts';

/** What it is made of. */
export interface ReceptionParts {
  authenticator: Authenticator;
  /** Names that the stream is served under, in lower case. */
  hosts: ReadonlySet<string>;
  places: Places;
  metrics: Pick<StreamMetrics, 'observeAuthentication'>;
  /** Nobody could be asked about a caller. Called for each: sparing. */
  warnOfSilence: (fields: LogFields) => void;
  isStopping: () => boolean;
  /** Milliseconds of a clock that never goes back. */
  ticks: () => number;
}

/** Somebody who may come in; the place is theirs until it is given back. */
export interface Guest {
  credential: Credential;
  leave: () => void;
}

const unauthenticated: Refusal = {
  status: 401,
  reason: 'unauthenticated',
  text: 'expected a bearer token or a client certificate of this cluster',
};
const busy: Refusal = {
  status: 503,
  reason: 'unavailable',
  text: 'the API server could not be asked who you are',
};
const stopping: Refusal = { status: 503, reason: 'stopping', text: 'this replica is going: come again' };
const full: Refusal = { status: 503, reason: 'full', text: 'there are too many connections' };
const tooMany: Refusal = { status: 429, reason: 'user-limit', text: 'you have too many connections' };

/** A guest, or what they are told instead. Never rejects. */
export async function receive(
  parts: ReceptionParts,
  asked: Asked,
  socket: TLSSocket,
): Promise<Guest | Refusal> {
  const credential = await authenticate(parts, asked, socket);
  if ('status' in credential) return credential;
  const refusal = findRefusal(asked, parts.hosts);
  if (refusal !== undefined) return refusal;
  if (parts.isStopping()) return stopping;
  const leave = parts.places.take(credential.identity.username);
  if (leave === 'full') return full;
  return leave === 'user-limit' ? tooMany : { credential, leave };
}

async function authenticate(
  { authenticator, metrics, warnOfSilence, ticks }: ReceptionParts,
  asked: Asked,
  socket: TLSSocket,
): Promise<Credential | Refusal> {
  const startedAt = ticks();
  const seconds = (): number => (ticks() - startedAt) / 1000;
  try {
    const credential = await authenticator.authenticate({
      token: readToken(asked),
      certificate: socket.getPeerX509Certificate(),
      isCertificateVerified: socket.authorized,
    });
    metrics.observeAuthentication(credential?.kind ?? 'refused', seconds());
    return credential ?? unauthenticated;
  } catch (error) {
    metrics.observeAuthentication('unavailable', seconds());
    warnOfSilence({ error });
    return busy;
  }
}
