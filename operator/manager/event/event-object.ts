// An Event as the API server takes it.
import { escapeText } from '../log/escape-text.ts';
import type { EventFacts } from '../events.ts';

/** Who says so. */
export interface EventReporter {
  /** `dorgu-operator` */
  component: string;
  /** The pod's name. */
  instance: string;
}

/** As the API server's own limit. */
const longestMessageBytes = 1024;
const longestName = 253;

/** The namespace in which an Event about the object stands. */
export function eventNamespace({ namespace }: EventFacts['object']): string {
  return namespace ?? 'default';
}

/** Without characters that a terminal obeys, cut to what the API takes. */
export function toEventMessage(message: string): string {
  const text = escapeText(message);
  if (Buffer.byteLength(text) <= longestMessageBytes) return text;
  const bytes = Buffer.from(text).subarray(0, longestMessageBytes - 3);
  // A code point that was cut through decodes to U+FFFD.
  return `${new TextDecoder().decode(bytes).replace(/\ufffd+$/, '')}…`;
}

/** `suffix` makes the name its own. Times in ISO 8601. */
export function toEventObject(
  { object, type, reason }: EventFacts,
  message: string,
  { component, instance }: EventReporter,
  { suffix, at }: { suffix: string; at: string },
): object {
  const { namespace, ...involved } = object;
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: `${object.name.slice(0, longestName - suffix.length - 1)}.${suffix}`,
      namespace: eventNamespace(object),
    },
    involvedObject: namespace === undefined ? involved : { ...involved, namespace },
    type,
    reason,
    message,
    source: { component },
    reportingComponent: component,
    reportingInstance: instance,
    firstTimestamp: at,
    lastTimestamp: at,
    count: 1,
  };
}
