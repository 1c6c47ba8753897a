// `config get`: one value, and with -o where it comes from.
import * as Args from '@oclif/core/args';
import { DorguError } from '../../api/errors.ts';
import { loadSettings } from '../../settings/load-settings.ts';
import { findUserKey, showValue } from '../../settings/user-keys.ts';
import { escapeText } from '../../ui/escape.ts';
import { formatStructured } from '../../ui/structured.ts';
import { BaseCommand } from '../base.ts';
import { createOutputFlag, isStructured } from '../output-flag.ts';

export default class ConfigGet extends BaseCommand {
  static override id = 'config get';
  static override summary = 'Print the value of a setting as it holds in the current folder.';
  static override args = { key: Args.string({ required: true, ignoreStdin: true }) };
  static override flags = { output: createOutputFlag(['text', 'json', 'yaml']) };
  static override examples = [
    { command: 'kubectl dorgu config get format', description: 'a value' },
    { command: 'kubectl dorgu config get output_dir -o json', description: 'with where it comes from' },
    {
      command: 'DORGU_REGISTRY=ghcr.io/acme kubectl dorgu config get registry',
      description: 'the environment counts, too',
    },
  ];

  async run(): Promise<number> {
    const { args, flags } = await this.parse(ConfigGet);
    const { name, field } = findUserKey(args.key);
    const { cwd, env, home } = this.invocation;
    const settings = loadSettings({ applicationDir: cwd, env, home });
    const value = settings.values[name];
    if (value === undefined) {
      throw new DorguError('NotSet', `${name} is not set`, {
        hint: `kubectl dorgu config set ${name} VALUE`,
      });
    }
    const shown = showValue(field, value);
    const text = typeof shown === 'string' ? escapeText(shown) : JSON.stringify(shown);
    const source = settings.origins.get(name)?.where;
    this.print(
      isStructured(flags.output)
        ? formatStructured({ key: name, value: shown, source }, flags.output)
        : `${text}\n`,
    );
    return 0;
  }
}
