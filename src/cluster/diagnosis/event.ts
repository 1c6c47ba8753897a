// What the cluster's components said of an object lately: its Events, latest first.
import { fieldAt, listOf, textOf } from '../../api/foreign-fields.ts';

/** One Event. */
export interface ObjectEvent {
  uid: string;
  kind: string;
  name: string;
  /** `spec.containers{shop}`; empty where it is about the whole object. */
  fieldPath: string;
  reason: string;
  message: string;
  isWarning: boolean;
  /** Milliseconds since 1970; 0 where no time is written. */
  atMs: number;
}

/** Reads Events of the core group, latest first. Never throws. */
export function readEvents(objects: readonly unknown[]): ObjectEvent[] {
  return objects.map(readEvent).sort((left, right) => right.atMs - left.atMs);
}

function readEvent(object: unknown): ObjectEvent {
  const about = fieldAt(object, 'involvedObject');
  return {
    uid: textOf(fieldAt(about, 'uid')),
    kind: textOf(fieldAt(about, 'kind')),
    name: textOf(fieldAt(about, 'name')),
    fieldPath: textOf(fieldAt(about, 'fieldPath')),
    reason: textOf(fieldAt(object, 'reason')),
    message: textOf(fieldAt(object, 'message')),
    isWarning: fieldAt(object, 'type') === 'Warning',
    atMs: latestOf(object),
  };
}

/** Newer components write a series, older ones lastTimestamp, some eventTime only. */
function latestOf(object: unknown): number {
  const times = [
    fieldAt(object, 'series', 'lastObservedTime'),
    fieldAt(object, 'lastTimestamp'),
    fieldAt(object, 'eventTime'),
    fieldAt(object, 'metadata', 'creationTimestamp'),
  ].map((time) => Date.parse(textOf(time)));
  return Math.max(0, ...times.filter((time) => !Number.isNaN(time)));
}

/** The conditions of an object's status, by type. */
export function readConditions(
  status: unknown,
): Map<string, { status: string; reason: string; message: string }> {
  return new Map(
    listOf(fieldAt(status, 'conditions')).map((condition) => [
      textOf(fieldAt(condition, 'type')),
      {
        status: textOf(fieldAt(condition, 'status')),
        reason: textOf(fieldAt(condition, 'reason')),
        message: textOf(fieldAt(condition, 'message')),
      },
    ]),
  );
}
