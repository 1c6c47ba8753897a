// Writes messages: an item is turned into JSON once, and whatever differs between its readers is put around it.
import type { ItemOf } from './items.ts';
import type { ClientMessage, EventType, ServerMessage, Topic } from './messages.ts';

/** What is addressed: a subscription of a topic. */
export interface Address {
  topic: Topic;
  requestId?: string | undefined;
}

/** A message of a client, or one of the server that is made for one reader. */
export function formatMessage(message: ClientMessage | ServerMessage): string {
  return JSON.stringify(message);
}

/** The JSON of an item: a page and an event are put together from such texts. */
export function formatItem(item: ItemOf[Topic]): string {
  return JSON.stringify(item);
}

/** An `event` of an item that was written by {@link formatItem}. */
export function formatEvent(
  address: Address,
  eventType: EventType,
  itemJson: string,
  timestamp: string,
): string {
  return `${begin('event', address, timestamp)}{"eventType":"${eventType}",${itemJson.slice(1)}}`;
}

/** A page of a `resync` from items that were written by {@link formatItem}. */
export function formatPage(
  address: Address,
  { items, page, isLast }: { items: readonly string[]; page: number; isLast: boolean },
  timestamp: string,
): string {
  return `${begin('resync', address, timestamp)}{"items":[${items.join(',')}],"page":${page},"isLast":${isLast}}}`;
}

function begin(type: 'event' | 'resync', { topic, requestId }: Address, timestamp: string): string {
  const known = requestId === undefined ? '' : `"requestId":${JSON.stringify(requestId)},`;
  return `{"type":"${type}","topic":"${topic}",${known}"timestamp":"${timestamp}","payload":`;
}
