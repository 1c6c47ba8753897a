// The shape of a generated validator, so that nothing here needs the library that wrote it.

/** One way in which a value does not fit its schema. */
export interface ShapeError {
  /** Where, as a JSON pointer. */
  readonly instancePath: string;
  /** Which keyword of the schema refused it: `type`, `pattern`, `enum`. */
  readonly keyword: string;
  /** What the keyword says: the bound, the words. */
  readonly params: Readonly<Record<string, unknown>>;
}

/** Whether a value fits; where it does not, `errors` says why until the next call. */
export interface ValidateFunction {
  (value: unknown): boolean;
  errors?: readonly ShapeError[] | null;
}
