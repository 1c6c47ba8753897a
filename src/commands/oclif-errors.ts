// oclif's complaints about a command line, in this program's words.
import { CLIError } from '@oclif/core/errors';
import { DorguError } from '../api/errors.ts';
import { createUsageError } from './usage-error.ts';

/** A usage error for what oclif's parser throws; anything else comes back as it is. */
export function toUsageError(error: unknown, command: string): unknown {
  if (error instanceof DorguError || !(error instanceof CLIError)) return error;
  return createUsageError('BadArguments', rephrase(error.message), command);
}

/** Without the lines that oclif adds (`See more help with --help`) and with its own words for what is missing. */
function rephrase(message: string): string {
  const lines = message
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('See more help'));
  const missing = /^Missing \d+ required args?:$/.exec(lines[0] ?? '');
  if (missing)
    return `missing argument: ${lines
      .slice(1)
      .map((line) => (line.split(/\s+/)[0] ?? '').toUpperCase())
      .join(', ')}`;
  const parsing = /^Parsing (--\S+)$/.exec(lines[0] ?? '');
  if (parsing) return `invalid value for ${parsing[1] ?? ''}: ${lines.slice(1).join(' ')}`;
  return lines.filter((line) => !/^The following errors? occurred:$/.test(line)).join('; ');
}
