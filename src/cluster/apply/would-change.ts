// Whether applying would change a live object, without asking the server.
import type { KubeObject } from '../../kube/objects.ts';

/** Whether a field that is to be applied is not there or has another value. What only the live object has stays. */
export function wouldChange(wanted: KubeObject, live: KubeObject): boolean {
  return !isContained(wanted, live);
}

/** Whether two states of an object are the same but for who wrote them and when. */
export function isSameState(before: KubeObject, after: KubeObject): boolean {
  return JSON.stringify(toState(before)) === JSON.stringify(toState(after));
}

function isContained(wanted: unknown, live: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return wanted === live;
  if (typeof live !== 'object' || live === null || Array.isArray(wanted) !== Array.isArray(live))
    return false;
  if (Array.isArray(wanted) && wanted.length !== (live as unknown[]).length) return false;
  return Object.entries(wanted).every(
    ([key, value]) => Object.hasOwn(live, key) && isContained(value, (live as Record<string, unknown>)[key]),
  );
}

function toState(object: KubeObject): KubeObject {
  const metadata = { ...object.metadata };
  delete metadata.managedFields;
  delete metadata.resourceVersion;
  delete metadata.generation;
  return { ...object, metadata };
}
