// kubectl's flags that say which personas are meant when no name does.
import * as Flags from '@oclif/core/flags';

export const selectionFlags = {
  'all-namespaces': Flags.boolean({ char: 'A', summary: 'in all namespaces' }),
  selector: Flags.string({
    char: 'l',
    helpValue: 'SELECTOR',
    summary: 'with these labels: app=shop,tier!=best-effort',
  }),
  'field-selector': Flags.string({
    helpValue: 'SELECTOR',
    summary: 'with these fields: metadata.name or spec.name',
  }),
};
