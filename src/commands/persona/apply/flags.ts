// The flags of `persona apply`: kubectl's, and those of making personas from source.
import * as Flags from '@oclif/core/flags';
import { fieldManager } from '../../../api/group-version.ts';
import { createDryRunFlag } from '../../dry-run-flag.ts';
import { createObjectFlag } from '../../printers/object-format.ts';
import { sourceFlags } from '../source-flags.ts';

export const applyFlags = {
  filename: Flags.string({
    char: 'f',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'FILE',
    summary: 'personas of a file, a folder or - (stdin)',
  }),
  recursive: Flags.boolean({ char: 'R', summary: 'folders below those of -f, too' }),
  'dry-run': createDryRunFlag(),
  'field-manager': Flags.string({
    default: fieldManager,
    helpValue: 'NAME',
    summary: 'who owns the fields',
  }),
  'force-conflicts': Flags.boolean({ summary: 'take fields over from others' }),
  wait: Flags.boolean({ summary: 'until they are ready' }),
  timeout: Flags.string({ default: '5m', helpValue: 'TIME', summary: 'longest wait, 90s or 5m' }),
  ...sourceFlags,
  output: createObjectFlag({ isWide: false }),
};
