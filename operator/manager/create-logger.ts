// The one logger: lines of JSON for machines, or of text for people, on stderr.
import { escapeText } from './log/escape-text.ts';
import { toPlain } from './log/to-plain.ts';
import type { LogFields, Logger, LogLevel } from './logger.ts';

export const logLevels = ['debug', 'info', 'warn', 'error'] as const satisfies readonly LogLevel[];
export const logFormats = ['json', 'text'] as const;
export type LogFormat = (typeof logFormats)[number];

/** How to write. */
export interface LoggerOptions {
  level: LogLevel;
  format: LogFormat;
  /** Takes a line with its end. Default: stderr. */
  write?: (line: string) => void;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** A logger. */
export function createLogger(options: LoggerOptions): Logger {
  const { write = (line: string) => void process.stderr.write(line), now = Date.now } = options;
  const least = logLevels.indexOf(options.level);
  const format = options.format === 'json' ? formatJson : formatText;
  const create = (inherited: LogFields): Logger => {
    const writer =
      (level: LogLevel) =>
      (message: string, fields: LogFields = {}): void => {
        if (logLevels.indexOf(level) < least) return;
        const all = toPlain({ ...inherited, ...fields }, { withStack: least === 0 });
        write(
          `${format({ time: new Date(now()).toISOString(), level, message }, all as Record<string, unknown>)}\n`,
        );
      };
    return {
      debug: writer('debug'),
      info: writer('info'),
      warn: writer('warn'),
      error: writer('error'),
      with: (fields) => create({ ...inherited, ...fields }),
    };
  };
  return create({});
}

interface Line {
  time: string;
  level: LogLevel;
  message: string;
}

/** Fields cannot take the place of what every line has. */
function formatJson(line: Line, fields: Record<string, unknown>): string {
  return escapeText(JSON.stringify({ ...line, ...fields, ...line }));
}

/** `12:00:01.250 warn  Watch fails  cache=pods reason="connection refused"` */
function formatText({ time, level, message }: Line, fields: Record<string, unknown>): string {
  const words = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${formatWord(name)}=${formatWord(value)}`);
  const head = `${time.slice(11, 23)} ${level.padEnd(5)} ${escapeText(message)}`;
  return words.length === 0 ? head : `${head}  ${words.join(' ')}`;
}

function formatWord(value: unknown): string {
  const isBare = typeof value === 'string' && /^[\w./:@%+-]+$/.test(value);
  return isBare ? value : escapeText(JSON.stringify(value));
}
