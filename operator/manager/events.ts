// The contract of Events: what people read under `kubectl describe`.

/** The object that an Event is about. */
export interface InvolvedObject {
  apiVersion: string;
  kind: string;
  name: string;
  /** Undefined for what has no namespace: its Events stand in `default`. */
  namespace?: string | undefined;
  uid: string;
  resourceVersion?: string | undefined;
}

/** Something worth telling: a transition, never a state that lasts. */
export interface EventFacts {
  object: InvolvedObject;
  type: 'Normal' | 'Warning';
  /** UpperCamelCase, of a fixed set: `ValidationFailed`. */
  reason: string;
  /** For people; cut after 1,024 bytes, foreign text in it is escaped. */
  message: string;
}

/** Writes Events behind. */
export interface EventRecorder {
  /**
   * Never throws, never waits, and writes only while this process leads. Equal ones (object, type, reason, message) are counted in one Event; an object
   * that has too much to say is cut short.
   */
  record(event: EventFacts): void;
}
