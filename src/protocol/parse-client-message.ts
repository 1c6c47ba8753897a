// Reads what a client sends: exactly what the protocol knows, within its bounds; anything else is a problem in words.
import { fieldAt, fieldsOf, type Fields } from '../api/foreign-fields.ts';
import {
  maxClientFrameBytes,
  maxNameLength,
  maxNamespaceLength,
  maxRequestIdLength,
  maxSelectorLength,
} from './limits.ts';
import { topics, type ClientMessage, type Interest, type Topic } from './messages.ts';

/** The message, or what is wrong with it: one sentence for the client, and what the answer is to be addressed to. */
export type ParsedClientMessage =
  { message: ClientMessage } | { problem: string; topic?: Topic; requestId?: string };

/** What a message of a type may hold beside `type`, and the `timestamp` that every message may bear. */
const fieldsByType: ReadonlyMap<string, readonly string[]> = new Map([
  ['subscribe', ['topic', 'requestId', 'payload']],
  ['unsubscribe', ['topic', 'requestId']],
  ['request', ['topic', 'requestId', 'payload']],
  ['ping', ['requestId']],
]);

const maxTimestampLength = 64;

/** Thrown inside, never out of here. */
class Problem extends Error {}

/** Never throws. */
export function parseClientMessage(text: string): ParsedClientMessage {
  let value: unknown;
  try {
    value = parseJson(text);
    return { message: readMessage(value) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { problem: error.message, ...readAddress(value) };
  }
}

function parseJson(text: string): unknown {
  // A character is a byte at least: whoever counts bytes has counted already.
  if (text.length > maxClientFrameBytes)
    throw new Problem(`expected at most ${maxClientFrameBytes} bytes, found more`);
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('expected a JSON object, found something that is no JSON');
  }
}

/** As far as they can be read. */
function readAddress(value: unknown): { topic?: Topic; requestId?: string } {
  const topic = topics.find((one) => one === fieldAt(value, 'topic'));
  const requestId = fieldAt(value, 'requestId');
  return {
    ...given('topic', topic),
    ...(isRequestId(requestId) ? { requestId } : {}),
  };
}

function readMessage(value: unknown): ClientMessage {
  const fields = readObject(value, '');
  const type = readOwn(fields, 'type');
  const known = typeof type === 'string' ? fieldsByType.get(type) : undefined;
  if (known === undefined)
    throw new Problem(`type: expected ${[...fieldsByType.keys()].join(', ')}, found ${describe(type)}`);
  refuseOthers(fields, ['type', 'timestamp', ...known]);
  readText(fields, 'timestamp', maxTimestampLength);
  const named = given('requestId', readRequestId(fields));
  if (type === 'ping') return { type, ...named };
  const topic = readTopic(fields);
  if (type === 'unsubscribe') return { type, topic, ...named };
  const interest = readInterest(fields);
  if (type === 'subscribe') return { type, topic, ...named, ...interest };
  const { requestId } = named;
  if (requestId === undefined) throw new Problem('requestId: expected one, by which the answer is known');
  return { type: 'request', topic, requestId, ...interest };
}

function readObject(value: unknown, place: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return fieldsOf(value);
  throw new Problem(`${place}expected a JSON object, found ${describe(value)}`);
}

function readTopic(fields: Fields): Topic {
  const found = readOwn(fields, 'topic');
  const topic = topics.find((one) => one === found);
  if (topic === undefined)
    throw new Problem(`topic: expected ${topics.join(', ')}, found ${describe(found)}`);
  return topic;
}

function isRequestId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= maxRequestIdLength;
}

function readRequestId(fields: Fields): string | undefined {
  const value = readOwn(fields, 'requestId');
  if (value === undefined || isRequestId(value)) return value;
  throw new Problem(
    `requestId: expected a text of 1 to ${maxRequestIdLength} characters, found ${describe(value)}`,
  );
}

function readInterest(fields: Fields): { payload?: Interest } {
  const payload = readOwn(fields, 'payload');
  if (payload === undefined) return {};
  const own = readObject(payload, 'payload: ');
  refuseOthers(own, ['namespace', 'name', 'labelSelector', 'isWhole']);
  const namespace = readDnsName(own, 'namespace', maxNamespaceLength, dnsLabel);
  const name = readDnsName(own, 'name', maxNameLength, dnsSubdomain);
  const labelSelector = readText(own, 'labelSelector', maxSelectorLength, 'payload.');
  const isWhole = readOwn(own, 'isWhole');
  if (isWhole !== undefined && typeof isWhole !== 'boolean')
    throw new Problem(`payload.isWhole: expected true or false, found ${describe(isWhole)}`);
  return {
    payload: {
      ...given('namespace', namespace),
      ...given('name', name),
      ...given('labelSelector', labelSelector),
      ...given('isWhole', isWhole),
    },
  };
}

/** `{[name]: value}`, or nothing where there is none. */
function given<N extends string, V>(name: N, value: V | undefined): { [K in N]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [K in N]?: V });
}

const dnsLabel = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const dnsSubdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

function readDnsName(fields: Fields, field: string, maxLength: number, pattern: RegExp): string | undefined {
  const name = readText(fields, field, maxLength, 'payload.');
  if (name === undefined || pattern.test(name)) return name;
  throw new Problem(
    `payload.${field}: expected lower-case letters, digits and -, as Kubernetes' names are, found ${describe(name)}`,
  );
}

function readText(fields: Fields, field: string, maxLength: number, place = ''): string | undefined {
  const value = readOwn(fields, field);
  if (value === undefined) return undefined;
  if (typeof value === 'string' && value.length <= maxLength) return value;
  throw new Problem(
    `${place}${field}: expected a text of at most ${maxLength} characters, found ${describe(value)}`,
  );
}

function readOwn(fields: Fields, field: string): unknown {
  return Object.hasOwn(fields, field) ? fields[field] : undefined;
}

function refuseOthers(fields: Fields, known: readonly string[]): void {
  const other = Object.keys(fields).find((field) => !known.includes(field));
  if (other !== undefined)
    throw new Problem(`expected ${known.join(', ')}, found the field ${describe(other)}`);
}

/** Short, and without a byte that could do harm on a terminal. */
function describe(value: unknown): string {
  if (value === undefined) return 'none';
  if (value === null) return 'null';
  if (typeof value === 'string') {
    const shown = JSON.stringify(value.slice(0, 40)).replace(/[^\x20-\x7e]/gu, '?');
    return value.length > 40 ? `${shown} and more` : shown;
  }
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
