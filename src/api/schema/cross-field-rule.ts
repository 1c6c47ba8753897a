// What a rule that JSON schema cannot say is made of: CEL for the API server, the same as a function for us.

/** A rule over one value. Both sides are asked only where the value fits its schema; they have to agree, and a cluster test holds them to it. */
export interface CrossFieldRule {
  /** For x-kubernetes-validations; `self` is the value. */
  readonly cel: string;
  /** What the API server and we say where it does not hold. */
  readonly message: string;
  /** The field below the value that is to blame, as a CEL field path: `.minReplicas`. */
  readonly fieldPath?: string;
  /** The same as `cel`. */
  readonly holds: (value: unknown) => boolean;
}

/** A rule whose function takes the value as the schema has made it; that is the one place where the shape is taken on trust. */
export function rule<Value>(
  cel: string,
  message: string,
  holds: (value: Value) => boolean,
  fieldPath?: string,
): CrossFieldRule {
  return {
    cel,
    message,
    ...(fieldPath === undefined ? {} : { fieldPath }),
    holds: (value) => holds(value as Value),
  };
}
