// Reads what a server sends: within bounds, tolerant of what later servers add.
import { fieldAt, listOf, textOf } from '../api/foreign-fields.ts';
import { countAt, ifAny } from './foreign-words.ts';
import { maxServerFrameBytes } from './limits.ts';
import {
  eventTypes,
  streamErrorCodes,
  topics,
  type EventMessage,
  type ResyncMessage,
  type ServerMessage,
  type Topic,
} from './messages.ts';
import { readItem } from './read-item.ts';

/** `unknown` is a message of a kind that a later server may have: to be passed over. A problem is one that breaks the protocol. */
export type ParsedServerMessage = { message: ServerMessage } | { unknown: string } | { problem: string };

/** Never throws. */
export function parseServerMessage(text: string): ParsedServerMessage {
  if (text.length > maxServerFrameBytes) return { problem: `a message of ${text.length} characters` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'a message that is no JSON' };
  }
  const type = textOf(fieldAt(value, 'type'));
  if (type === '') return { problem: 'a message without a type' };
  const read = readers.get(type);
  if (read === undefined) return { unknown: `message of type ${JSON.stringify(type.slice(0, 40))}` };
  return read(value, fieldAt(value, 'payload'));
}

const readers: ReadonlyMap<string, (value: unknown, payload: unknown) => ParsedServerMessage> = new Map([
  ['hello', readHello],
  ['response', readResponse],
  ['resync', readResync],
  ['event', readEventMessage],
  ['error', readError],
]);

/** What every message bears. */
function readHead(value: unknown): { timestamp: string; requestId?: string } {
  return {
    timestamp: textOf(fieldAt(value, 'timestamp')),
    ...ifAny('requestId', textOf(fieldAt(value, 'requestId'))),
  };
}

function findTopic(value: unknown): Topic | undefined {
  return topics.find((one) => one === fieldAt(value, 'topic'));
}

function readHello(value: unknown, payload: unknown): ParsedServerMessage {
  const limits = { subscriptions: countAt(payload, 'limits', 'subscriptions') };
  const { timestamp } = readHead(value);
  return {
    message: {
      type: 'hello',
      timestamp,
      payload: {
        protocol: countAt(payload, 'protocol'),
        version: textOf(fieldAt(payload, 'version')),
        user: textOf(fieldAt(payload, 'user')),
        limits,
      },
    },
  };
}

function readResponse(value: unknown, payload: unknown): ParsedServerMessage {
  const topic = findTopic(value);
  if (topic === undefined) return { message: { type: 'response', ...readHead(value), payload: {} } };
  const items = Array.isArray(fieldAt(payload, 'items')) ? { items: readItems(topic, payload) } : {};
  return { message: { type: 'response', topic, ...readHead(value), payload: items } };
}

function readItems(topic: Topic, payload: unknown): ResyncMessage['payload']['items'] {
  return listOf(fieldAt(payload, 'items')).flatMap((one) => readItem(topic, one) ?? []);
}

function readResync(value: unknown, payload: unknown): ParsedServerMessage {
  const topic = findTopic(value);
  if (topic === undefined) return { unknown: 'topic of a resync' };
  const isLast = fieldAt(payload, 'isLast');
  if (typeof isLast !== 'boolean' || !Array.isArray(fieldAt(payload, 'items')))
    return { problem: 'a resync without items, or that does not say whether it is the last page' };
  const page = countAt(payload, 'page');
  return {
    message: {
      type: 'resync',
      topic,
      ...readHead(value),
      payload: { items: readItems(topic, payload), page, isLast },
    },
  };
}

function readEventMessage(value: unknown, payload: unknown): ParsedServerMessage {
  const topic = findTopic(value);
  const eventType = eventTypes.find((one) => one === fieldAt(payload, 'eventType'));
  if (topic === undefined || eventType === undefined) return { unknown: 'topic or type of an event' };
  const item = readItem(topic, payload);
  if (item === undefined)
    return topic === 'events'
      ? { unknown: 'kind of an event' }
      : { problem: 'an event whose item has no name or no version' };
  const message: EventMessage = { type: 'event', topic, ...readHead(value), payload: { eventType, ...item } };
  return { message };
}

function readError(value: unknown, payload: unknown): ParsedServerMessage {
  const topic = findTopic(value);
  const said = fieldAt(payload, 'code');
  // A refusal of a later kind is one all the same.
  const code = streamErrorCodes.find((one) => one === said) ?? 'invalid';
  return {
    message: {
      type: 'error',
      ...(topic === undefined ? {} : { topic }),
      ...readHead(value),
      payload: { code, message: textOf(fieldAt(payload, 'message')) },
    },
  };
}
