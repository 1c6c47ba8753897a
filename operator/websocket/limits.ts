// How much a stream takes on, and how long it waits.
import { maxClientFrameBytes } from '../../src/protocol/limits.ts';

/** Numbers of things. */
export interface StreamLimits {
  /** Connections that have been let in, of everybody and of one user. */
  mostConnections: number;
  mostConnectionsOfUser: number;
  /** Connections that have not been let in yet; when there are more, the one that has waited longest goes. */
  mostAtTheDoor: number;
  /** Of one connection. */
  mostSubscriptions: number;
  /** Requests of one connection that are being answered. */
  mostRequests: number;
  /** Of one frame of a client, or of all parts of its message together. */
  mostFrameBytes: number;
  /** Messages and pings of one connection: so many at once, and then one in each so many milliseconds. */
  messageBurst: number;
  messageRefillMs: number;
  /** A connection that has more than this waiting, and takes nothing, is stuck; and gets no answers to requests. */
  mostWaitingBytes: number;
}

/** Each in milliseconds. */
export interface StreamTimes {
  /** From the end of TLS' handshake to a whole request; and for TLS' own before that. */
  handshakeMs: number;
  pingMs: number;
  /** A connection that takes nothing of what is waiting for it is closed after this. */
  stuckMs: number;
  /** How often it is looked whether whoever is connected still may; spread by a tenth. */
  recheckMs: number;
  /** Answers of the API server about that are no older than this. */
  recheckAgeMs: number;
  /** Where the API server does not say for so long, the connection ends. */
  unconfirmedMs: number;
  /** Limit of the answer to a request. */
  requestMs: number;
  /** From the first word of the end to the last connection. */
  drainMs: number;
  /** How often all of that is looked at. */
  tickMs: number;
}

export const defaultStreamLimits: StreamLimits = {
  mostConnections: 2000,
  mostConnectionsOfUser: 50,
  mostAtTheDoor: 500,
  mostSubscriptions: 64,
  mostRequests: 4,
  mostFrameBytes: maxClientFrameBytes,
  messageBurst: 100,
  messageRefillMs: 50,
  mostWaitingBytes: 1024 * 1024,
};

export const defaultStreamTimes: StreamTimes = {
  handshakeMs: 5000,
  pingMs: 20_000,
  stuckMs: 30_000,
  recheckMs: 60_000,
  recheckAgeMs: 10_000,
  unconfirmedMs: 300_000,
  requestMs: 10_000,
  drainMs: 3000,
  tickMs: 1000,
};
