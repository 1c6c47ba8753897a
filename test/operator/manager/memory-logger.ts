// A logger that keeps its lines, for tests that look at what was written.
import type { LogFields, Logger, LogLevel } from '../../../operator/manager/logger.ts';

/** Lines in their order, fields of `with` included. */
export interface MemoryLogger extends Logger {
  readonly lines: { level: LogLevel; message: string; fields: LogFields }[];
}

/** A logger without an output. */
export function createMemoryLogger(
  lines: MemoryLogger['lines'] = [],
  inherited: LogFields = {},
): MemoryLogger {
  const write =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}) =>
      void lines.push({ level, message, fields: { ...inherited, ...fields } });
  return {
    lines,
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    with: (fields) => createMemoryLogger(lines, { ...inherited, ...fields }),
  };
}
