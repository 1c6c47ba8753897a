// The messages of the stream in both directions: what each of them carries. Written down once; codec, hub and client derive from it.
import type { ItemOf } from './items.ts';

/** Of this shape. A client of another number is told so and may go on: fields are only ever added. */
export const protocolVersion = 1;

/** Where the stream is served. */
export const streamPath = '/ws';

/** What can be followed. */
export const topics = ['personas', 'cluster', 'deployments', 'events'] as const;
export type Topic = (typeof topics)[number];

/** What of a topic is meant; where a field is left out, all of it. `name` is a persona's on topic events. */
export interface Interest {
  namespace?: string;
  name?: string;
  /** As kubectl's -l. On topic events that of the persona. */
  labelSelector?: string;
  /** Each item with its object as the API server has it, without managedFields. */
  isWhole?: boolean;
}

/** What a client says. Subscriptions are told apart by `requestId`; one without it is known by its topic. */
export type ClientMessage =
  | { type: 'subscribe'; topic: Topic; requestId?: string; payload?: Interest }
  | { type: 'unsubscribe'; topic: Topic; requestId?: string }
  /** Asked once, answered once, by a {@link ResponseMessage} with all items, or by an error. */
  | { type: 'request'; topic: Topic; requestId: string; payload?: Interest }
  | { type: 'ping'; requestId?: string };

/** What each message of the server bears: when it was made, RFC 3339 with milliseconds. */
interface Stamped {
  timestamp: string;
}

/** The first message of a connection. */
export interface HelloMessage extends Stamped {
  type: 'hello';
  payload: { protocol: number; version: string; user: string; limits: { subscriptions: number } };
}

/** The answer to a request with items, or to a ping or an unsubscribe without. */
export interface ResponseMessage extends Stamped {
  type: 'response';
  topic?: Topic;
  requestId?: string;
  payload: { items?: readonly ItemOf[Topic][] };
}

/**
 * The whole state of a subscription: what it begins with, and again wherever changes were passed over. It comes in pages; the state is whole
 * with the last one, and replaces what was held before. Pages are not mixed with events of their subscription.
 */
export interface ResyncMessage<T extends Topic = Topic> extends Stamped {
  type: 'resync';
  topic: T;
  requestId?: string;
  payload: { items: readonly ItemOf[T][]; page: number; isLast: boolean };
}

/** What has happened to an item. Nodes are told on topic cluster only, of a ClusterPersona that counts more or fewer than before. */
export const eventTypes = ['created', 'updated', 'deleted', 'nodeAdded', 'nodeRemoved'] as const;
export type EventType = (typeof eventTypes)[number];

/** One change, after the state. Of an item that changes faster than it can be sent only the latest is told. */
export interface EventMessage<T extends Topic = Topic> extends Stamped {
  type: 'event';
  topic: T;
  requestId?: string;
  /** `deleted` bears the last known item. */
  payload: { eventType: EventType } & ItemOf[T];
}

/** Why something was refused. */
export const streamErrorCodes = [
  /** Not a message: no JSON, an unknown type, topic or field, a selector that cannot be read. The connection goes on. */
  'invalid',
  /** The reader may not list and watch what the subscription shows. Also said later, of a right that was withdrawn; the subscription ends. */
  'forbidden',
  /** Too many subscriptions on this connection. */
  'too-many',
  /** The API server does not serve the kind: the CRDs are missing. */
  'missing',
  /** The API server does not answer; asking again later may help. */
  'unavailable',
] as const;
export type StreamErrorCode = (typeof streamErrorCodes)[number];

/** A refusal. With `requestId` (and topic) where it is about one subscription or request. */
export interface ErrorMessage extends Stamped {
  type: 'error';
  topic?: Topic;
  requestId?: string;
  payload: { code: StreamErrorCode; message: string };
}

/** What the server says. */
export type ServerMessage = HelloMessage | ResponseMessage | ResyncMessage | EventMessage | ErrorMessage;

/** Why a connection was closed: the standard's codes, and ours from 4000 on. */
export const closeCodes = {
  goingAway: 1001,
  unsupportedData: 1003,
  badText: 1007,
  policy: 1008,
  tooBig: 1009,
  /** A defect of the operator. */
  internal: 1011,
  tryAgainLater: 1013,
  /** The credentials are not valid any more: come back with fresh ones. */
  expired: 4401,
  /** Too many connections of one user, or too many messages. */
  tooMany: 4429,
} as const;
