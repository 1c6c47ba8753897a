// Which state of an object was seen, for writes that must find it so.
import { fieldsOf } from '../../src/kube/watch/watch-event.ts';

/** Goes into the metadata of a write: another object of that name, or another state, is a conflict. */
export interface SeenState {
  uid: string;
  resourceVersion: string;
}

/** Of any object; empty texts where it says nothing. */
export function readState(object: unknown): SeenState {
  const { uid, resourceVersion } = fieldsOf(fieldsOf(object)['metadata']);
  return { uid: toText(uid), resourceVersion: toText(resourceVersion) };
}

/** A value of `data`, base64 decoded; empty where it is absent or no text. */
export function readData(object: unknown, key: string): string {
  const value = fieldsOf(fieldsOf(object)['data'])[key];
  return Buffer.from(toText(value), 'base64').toString('utf8');
}

/** Text as it is; anything else is empty. */
export function toText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
