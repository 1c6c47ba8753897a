// What the scanner of arguments has to know of a flag, read from oclif's definition of it.
import type { ArgInput, FlagInput } from '@oclif/core/interfaces';

/** One flag as pflag would declare it. */
export interface FlagSpec {
  /** Long name without dashes. */
  name: string;
  /** One letter. */
  char?: string;
  aliases: readonly string[];
  kind: 'boolean' | 'value';
  /** Every value counts, in order; else the last one wins. */
  isMultiple: boolean;
  /** oclif can express `--no-name`. */
  allowNo: boolean;
  /** The only values, where there are only some. */
  options?: readonly string[];
  /** The value of a flag that stands alone (pflag's NoOptDefVal): another one is given behind `=` only. */
  bareValue?: string;
}

/** What of a flag decides where a command's name may be. */
export type RoutingFlag = Pick<FlagSpec, 'name' | 'char' | 'aliases' | 'kind' | 'bareValue'>;

/** Whether the word behind the flag is its value. */
export function takesNextWord({ kind, bareValue }: Pick<FlagSpec, 'kind' | 'bareValue'>): boolean {
  return kind === 'value' && bareValue === undefined;
}

/** The parts of a command class that parsing and help need. */
export interface CommandShape {
  id: string;
  summary?: string | undefined;
  flags: FlagInput;
  baseFlags: FlagInput;
  args: ArgInput;
}

/** The command's own flags and the global ones. */
export function toFlagSpecs({ flags, baseFlags }: Pick<CommandShape, 'flags' | 'baseFlags'>): FlagSpec[] {
  return Object.entries({ ...baseFlags, ...flags }).map(([name, flag]) => ({
    name,
    ...(flag.char === undefined ? {} : { char: flag.char }),
    aliases: flag.aliases ?? [],
    kind: flag.type === 'boolean' ? 'boolean' : 'value',
    isMultiple: flag.type === 'option' && flag.multiple === true,
    allowNo: flag.type === 'boolean' && flag.allowNo,
    ...(flag.type === 'option' && flag.options !== undefined ? { options: flag.options } : {}),
    ...('bareValue' in flag && typeof flag.bareValue === 'string' ? { bareValue: flag.bareValue } : {}),
  }));
}
