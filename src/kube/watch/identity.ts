// Which object something is, and which state of it: read from foreign JSON.
import { fieldsOf } from './watch-event.ts';

/** Name and state of an object. */
export interface Identity {
  /** `namespace/name`, or `name`. */
  key: string;
  /** Another one under the same key is another object. */
  uid: string;
  /** Opaque, but of one state: equal ones are the same state. */
  resourceVersion: string;
}

/** Undefined where name, uid or resourceVersion is missing: nothing can be said of such an object. */
export function readIdentity(object: unknown): Identity | undefined {
  const { name, namespace, uid, resourceVersion } = fieldsOf(fieldsOf(object)['metadata']);
  if (!isText(name) || !isText(uid) || !isText(resourceVersion)) return undefined;
  return { key: isText(namespace) ? `${namespace}/${name}` : name, uid, resourceVersion };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
