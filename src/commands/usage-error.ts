// Errors of the command line itself: exit code 2, each with the command that shows what is allowed.
import type { ErrorCode } from '../api/error-codes.ts';
import { DorguError } from '../api/errors.ts';
import { findNearest } from '../api/nearest-word.ts';
import { product } from './product.ts';

/** A usage error. `command` is the id of the command that was meant (`config get`), empty for the program itself. */
export function createUsageError(
  code: ErrorCode,
  message: string,
  command: string,
  near?: string,
): DorguError {
  const help = [product.command, ...(command === '' ? [] : [command]), '-h'].join(' ');
  const hint =
    near === undefined ? `${help} shows what there is` : `did you mean ${near}? ${help} shows what there is`;
  return new DorguError(code, message, { kind: 'usage', hint });
}

/** `unknown command "genrate"`, with the nearest one. */
export function createUnknownCommandError(word: string, topic: string, known: Iterable<string>): DorguError {
  const near = findNearest(word, known);
  const full = [product.command, topic, near].filter((part) => part !== undefined && part !== '').join(' ');
  return createUsageError(
    'UnknownCommand',
    `unknown command ${JSON.stringify(word)} for ${JSON.stringify([product.command, topic].join(' ').trim())}`,
    topic,
    near === undefined ? undefined : full,
  );
}

/** `unknown flag: --outptu`, with the nearest one. */
export function createUnknownFlagError(name: string, known: Iterable<string>, command: string): DorguError {
  const near = findNearest(name, known);
  const hint = near === undefined ? undefined : `--${near}`;
  return createUsageError('UnknownFlag', `unknown flag: --${name}`, command, hint);
}

/** `invalid value "xml" for -o: expected json, yaml`, with the nearest one. */
export function createBadValueError(
  flag: string,
  value: string,
  allowed: readonly string[],
  command: string,
): DorguError {
  const near = findNearest(value, allowed);
  const message = `invalid value ${JSON.stringify(value)} for ${flag}: expected ${allowed.join(', ')}`;
  return createUsageError(
    'BadFlagValue',
    message,
    command,
    near === undefined ? undefined : `${flag} ${near}`,
  );
}
