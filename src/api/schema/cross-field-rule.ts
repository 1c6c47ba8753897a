// What a rule that JSON schema cannot say is made of: CEL for the API server, the same as a function for us.

/** A rule over one value. Both sides are asked only where the value fits its schema; they have to agree, and a cluster test holds them to it. */
export interface CrossFieldRule<Value = never> {
  /** For x-kubernetes-validations; `self` is the value. */
  readonly cel: string;
  /** What the API server and we say where it does not hold. */
  readonly message: string;
  /** The field below the value that is to blame, as a CEL field path: `.minReplicas`. */
  readonly fieldPath?: string;
  /** The same as `cel`, of a value that fits the schema on which the rule stands. */
  readonly holds: (value: Value) => boolean;
}

/** Puts a rule together. */
export function rule<Value>(
  cel: string,
  message: string,
  holds: (value: Value) => boolean,
  fieldPath?: string,
): CrossFieldRule<Value> {
  return { cel, message, holds, ...(fieldPath === undefined ? {} : { fieldPath }) };
}
