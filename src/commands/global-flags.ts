// The flags that every command takes, before or after its name; `kubectl dorgu options` lists them.
import * as Flags from '@oclif/core/flags';
import { COLOUR_MODES } from '../ui/colour.ts';

/** From this verbosity on errors come with a stack. */
export const STACK_VERBOSITY = 6;

export const globalFlags = {
  color: Flags.option({
    options: COLOUR_MODES,
    helpValue: 'WHEN',
    summary: 'auto, always or never; NO_COLOR, FORCE_COLOR, too',
  })(),
  verbosity: Flags.integer({
    char: 'v',
    aliases: ['v'],
    min: 0,
    max: 10,
    helpValue: 'LEVEL',
    summary: `how much to say; ${STACK_VERBOSITY} adds stacks to errors`,
  }),
  help: Flags.boolean({ char: 'h', summary: 'usage of a command' }),
};
