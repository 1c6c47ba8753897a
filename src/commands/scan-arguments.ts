// Reads a command line as pflag does: the same spellings of flags mean the same as in kubectl.
import type { ErrorCode } from '../api/error-codes.ts';
import type { DorguError } from '../api/errors.ts';
import { parseBoolean } from './parse-boolean.ts';
import { takesNextWord, type FlagSpec } from './flag-spec.ts';
import { createBadValueError, createUnknownFlagError, createUsageError } from './usage-error.ts';

/** What was set, in order. A boolean's value is `true` or `false`. */
export interface ScannedFlag {
  spec: FlagSpec;
  value: string | boolean;
}

/** A command line taken apart. */
export interface ScannedArguments {
  flags: ScannedFlag[];
  positionals: string[];
}

/**
 * Flags and positionals may stand in any order; `--` ends the flags; `--name=value`, `--name value`, `-n value`, `-nvalue`, `-n=value`
 * and clusters (`-qo json`) are understood, a boolean takes its value only after `=`, and a value flag takes whatever follows it.
 * Throws a usage error that names `command`. test/commands/pflag.runtime.test.ts holds all of it against the real pflag; on purpose
 * not as there: `--no-name` where a flag allows it, and letters that begin with `test.` are unknown flags, not dropped without a sign.
 */
export function scanArguments(
  argv: readonly string[],
  specs: readonly FlagSpec[],
  command: string,
): ScannedArguments {
  return new Scanner(argv, specs, command).scan();
}

class Scanner {
  private readonly rest: string[];
  private readonly long = new Map<string, FlagSpec>();
  private readonly short = new Map<string, FlagSpec>();
  private readonly flags: ScannedFlag[] = [];
  private readonly command: string;

  constructor(argv: readonly string[], specs: readonly FlagSpec[], command: string) {
    this.rest = [...argv];
    this.command = command;
    for (const spec of specs) {
      for (const name of [spec.name, ...spec.aliases]) this.long.set(name, spec);
      if (spec.char !== undefined) this.short.set(spec.char, spec);
    }
  }

  scan(): ScannedArguments {
    const positionals: string[] = [];
    for (let token = this.rest.shift(); token !== undefined; token = this.rest.shift()) {
      if (token === '--') {
        positionals.push(...this.rest.splice(0));
      } else if (token.startsWith('--')) {
        this.scanLong(token);
      } else if (token.startsWith('-') && token.length > 1) {
        this.scanCluster(token);
      } else {
        positionals.push(token);
      }
    }
    return { flags: this.flags, positionals };
  }

  private scanLong(token: string): void {
    const equals = token.indexOf('=');
    const name = equals === -1 ? token.slice(2) : token.slice(2, equals);
    if (name === '' || name.startsWith('-')) throw this.fail('BadFlag', `bad flag syntax: ${token}`);
    const spec = this.long.get(name);
    if (spec !== undefined) {
      this.set(spec, `--${name}`, equals === -1 ? undefined : token.slice(equals + 1));
      return;
    }
    const negated = name.startsWith('no-') ? this.long.get(name.slice(3)) : undefined;
    if (negated?.allowNo !== true || equals !== -1)
      throw createUnknownFlagError(name, this.long.keys(), this.command);
    this.flags.push({ spec: negated, value: false });
  }

  private scanCluster(token: string): void {
    for (let letters = token.slice(1); letters !== '';) {
      const letter = letters[0] ?? '';
      const spec = this.short.get(letter);
      if (spec === undefined) {
        throw this.fail('UnknownFlag', `unknown shorthand flag: ${JSON.stringify(letter)} in ${token}`);
      }
      letters = letters.slice(1);
      const isAssigned = letters.startsWith('=') && letters.length > 1;
      if (isAssigned || (takesNextWord(spec) && letters !== '')) {
        this.set(spec, `-${letter}`, isAssigned ? letters.slice(1) : letters);
        return;
      }
      this.set(spec, `-${letter}`, undefined);
    }
  }

  private set(spec: FlagSpec, spelling: string, given: string | undefined): void {
    if (spec.kind === 'boolean') {
      const value = given === undefined ? true : parseBoolean(given);
      if (value === undefined)
        throw createBadValueError(spelling, given ?? '', ['true', 'false'], this.command);
      this.flags.push({ spec, value });
      return;
    }
    const value = given ?? spec.bareValue ?? this.rest.shift();
    if (value === undefined) throw this.fail('FlagNeedsValue', `flag needs a value: ${spelling}`);
    if (spec.options !== undefined && !spec.options.includes(value)) {
      throw createBadValueError(spelling, value, spec.options, this.command);
    }
    this.flags.push({ spec, value });
  }

  private fail(code: ErrorCode, message: string): DorguError {
    return createUsageError(code, message, this.command);
  }
}
