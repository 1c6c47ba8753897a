// One pod that is not up, with what was said of it: what the readers of causes are given.
import type { Cause } from './cause.ts';
import type { ObjectEvent } from './event.ts';
import type { ContainerState, PodState } from './pod-state.ts';

/** The pod in its surroundings. */
export interface PodEvidence {
  pod: PodState;
  /** Its Events, latest first. */
  events: readonly ObjectEvent[];
  namespace: string;
  /** For `kubectl set`: `deployment/shop`. */
  target: string;
  /** Whether the pods are meant to end: Jobs. */
  isMeantToEnd: boolean;
}

/** A container of it. */
export interface ContainerEvidence extends PodEvidence {
  container: ContainerState;
}

/** A cause seen in one pod. */
export type PodCause = Omit<Cause, 'pods'>;

/** `container shop`, `init container migrate`. */
export function nameContainer({ name, isInit }: ContainerState): string {
  return `${isInit ? 'init container' : 'container'} ${name}`;
}

/** The latest Event of the container with one of these reasons whose message starts with `prefix`. */
export function findContainerEvent(
  { events, container }: ContainerEvidence,
  reasons: readonly string[],
  prefix = '',
): ObjectEvent | undefined {
  const place = `{${container.name}}`;
  return events.find(
    ({ reason, fieldPath, message }) =>
      reasons.includes(reason) &&
      message.startsWith(prefix) &&
      (fieldPath === '' || fieldPath.endsWith(place)),
  );
}

/** Long messages are cut; line breaks in them are not worth a screen. */
export function shorten(message: string, most = 300): string {
  const line = message
    .slice(0, most * 4)
    .replaceAll(/\s+/gu, ' ')
    .trim();
  return line.length <= most ? line : `${line.slice(0, most - 3)}...`;
}
