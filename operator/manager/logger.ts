// What is written down: one line each, constant messages, everything that varies in fields.

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Foreign text in fields is escaped by the writer; secrets are never passed. An Error is written as message and, at debug, stack. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes to stderr, in JSON or as text for people. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** One that adds these fields to every line: `controller`, `namespace`, `name`, `reconcileID`. */
  with(fields: LogFields): Logger;
}
