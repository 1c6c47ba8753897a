// One line of a watch, understood: what happened, without a look into the object.
import { parseStatus } from '../errors-of-answers.ts';
import type { KubeStatus } from '../kube-error.ts';

/** What a line says. */
export type WatchEvent =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: unknown }
  | { type: 'BOOKMARK'; resourceVersion: string | undefined; isEndOfList: boolean }
  | { type: 'ERROR'; status: KubeStatus | undefined }
  /** Of a server newer than this code. */
  | { type: 'unknown' };

/** A line that is no event: the stream cannot be trusted from here on. */
export class MalformedEvent extends Error {
  override readonly name = 'MalformedEvent';
}

const endOfList = 'k8s.io/initial-events-end';

/** @throws MalformedEvent */
export function parseWatchEvent(line: string): WatchEvent {
  const { type, object } = parseFields(line);
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      return { type, object };
    case 'BOOKMARK':
      return toBookmark(object);
    case 'ERROR':
      return { type, status: parseStatus(JSON.stringify(object ?? null)) };
    default:
      return { type: 'unknown' };
  }
}

function parseFields(line: string): { type: string; object: unknown } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch (cause) {
    throw new MalformedEvent('a line that is no JSON', { cause });
  }
  const { type, object } = fieldsOf(parsed);
  if (typeof type !== 'string') throw new MalformedEvent('a line that is no event');
  return { type, object };
}

function toBookmark(object: unknown): WatchEvent {
  const { resourceVersion, annotations } = fieldsOf(fieldsOf(object)['metadata']);
  return {
    type: 'BOOKMARK',
    resourceVersion:
      typeof resourceVersion === 'string' && resourceVersion !== '' ? resourceVersion : undefined,
    isEndOfList: fieldsOf(annotations)[endOfList] === 'true',
  };
}

/** The fields of an object; none of anything else. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
