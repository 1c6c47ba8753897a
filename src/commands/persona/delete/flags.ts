// The flags of `persona delete`: kubectl's, and --yes.
import * as Flags from '@oclif/core/flags';
import { createDryRunFlag } from '../../dry-run-flag.ts';
import { createObjectFlag } from '../../printers/object-format.ts';
import { selectionFlags } from '../selection-flags.ts';

export const deleteFlags = {
  filename: Flags.string({
    char: 'f',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'FILE',
    summary: 'the personas of a file, a folder or - (stdin)',
  }),
  recursive: Flags.boolean({ char: 'R', summary: 'folders below those of -f, too' }),
  ...selectionFlags,
  all: Flags.boolean({ summary: 'all of the namespace, or with -A of all namespaces' }),
  'dry-run': createDryRunFlag(),
  'ignore-not-found': Flags.boolean({ summary: 'what is not there is no error' }),
  wait: Flags.boolean({
    default: true,
    allowNo: true,
    summary: 'until they are gone; on unless --wait=false',
  }),
  timeout: Flags.string({ default: '0', helpValue: 'TIME', summary: 'longest wait, 90s or 5m; 0: no limit' }),
  yes: Flags.boolean({ char: 'y', summary: 'several, without being asked' }),
  output: createObjectFlag({ isWide: false }),
};

/** What oclif's parser makes of those that say what to delete. */
export interface DeletionChoice {
  names: readonly string[];
  flags: {
    filename?: string[] | undefined;
    recursive: boolean;
    'all-namespaces': boolean;
    selector?: string | undefined;
    'field-selector'?: string | undefined;
    all: boolean;
    'ignore-not-found': boolean;
    namespace?: string | undefined;
  };
}
