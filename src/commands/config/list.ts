// `config list`: every setting that is set, and where it comes from.
import * as Flags from '@oclif/core/flags';
import { fieldList } from '../../settings/fields.ts';
import { loadSettings } from '../../settings/load-settings.ts';
import type { Settings } from '../../settings/settings.ts';
import { showValue } from '../../settings/user-keys.ts';
import { escapeText } from '../../ui/escape.ts';
import { formatStructured } from '../../ui/structured.ts';
import { formatTable } from '../../ui/table.ts';
import { BaseCommand } from '../base.ts';
import { createOutputFlag, isStructured } from '../output-flag.ts';

/** One line of the list. */
interface Row {
  key: string;
  value?: unknown;
  source?: string;
  summary: string;
}

export default class ConfigList extends BaseCommand {
  static override id = 'config list';
  static override summary = 'List the settings that hold in the current folder, and where each comes from.';
  static override flags = {
    all: Flags.boolean({ summary: 'those that nobody set, too, and what each is for' }),
    output: createOutputFlag(['table', 'json', 'yaml']),
    'no-headers': Flags.boolean({ summary: 'the table without its headings' }),
  };
  static override examples = [
    { command: 'kubectl dorgu config list', description: 'what is set' },
    { command: 'kubectl dorgu config list --all', description: 'every setting there is' },
    { command: 'kubectl dorgu config list -o json', description: 'for a program' },
  ];

  async run(): Promise<undefined> {
    const { flags } = await this.parse(ConfigList);
    const { cwd, env, home } = this.invocation;
    const settings = loadSettings({ applicationDir: cwd, env, home });
    for (const warning of settings.warnings) this.note(`warning: ${escapeText(warning)}\n`);
    const rows = listRows(settings).filter(({ value }) => flags.all || value !== undefined);
    if (isStructured(flags.output)) {
      this.print(formatStructured({ settings: rows }, flags.output));
      return;
    }
    const columns = [{ heading: 'KEY' }, { heading: 'VALUE' }, { heading: 'SOURCE' }];
    const lines = formatTable(
      flags.all ? [...columns, { heading: 'MEANING' }] : columns,
      rows.map(({ key, value, source, summary }) => [key, formatValue(value), source, summary]),
      { hasHeadings: !flags['no-headers'] },
    );
    this.print(`${lines.join('\n')}\n`);
  }
}

function listRows({ values, origins }: Settings): Row[] {
  return fieldList.map(([key, field]) => {
    const value = showValue(field, values[key]);
    const source = origins.get(key)?.where;
    return {
      key,
      ...(value === undefined ? {} : { value }),
      ...(source === undefined ? {} : { source }),
      summary: field.summary,
    };
  });
}

function formatValue(value: unknown): string | undefined {
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
}
