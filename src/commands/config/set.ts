// `config set`: writes one value into the user's settings file.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { editGlobalText } from '../../settings/edit-file.ts';
import { findUserKey, showValue } from '../../settings/user-keys.ts';
import { writeAtomically } from '../../settings/write-atomically.ts';
import { escapeText } from '../../ui/escape.ts';
import { BaseCommand } from '../base.ts';
import { createUsageError } from '../usage-error.ts';
import { locateUserFile, readUserFile, USER_FILE_MODE } from '../user-file.ts';

export default class ConfigSet extends BaseCommand {
  static override id = 'config set';
  static override summary = "Set a value in this user's settings file; comments in it stay.";
  static override args = {
    key: Args.string({ required: true, ignoreStdin: true }),
    value: Args.string({ ignoreStdin: true }),
  };
  static override flags = {
    unset: Flags.boolean({ summary: 'take the value out instead' }),
  };
  static override examples = [
    { command: 'kubectl dorgu config set registry ghcr.io/acme', description: 'where images are pushed to' },
    { command: 'kubectl dorgu config set format plain', description: 'manifests without a kustomization' },
    { command: 'kubectl dorgu config set format --unset', description: 'back to the default' },
  ];

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(ConfigSet);
    const key = findUserKey(args.key);
    if (flags.unset === (args.value !== undefined)) {
      throw createUsageError('BadArguments', 'expected either a value or --unset', 'config set');
    }
    const path = locateUserFile(this.invocation);
    const before = readUserFile(path);
    const after = editGlobalText(before, path, key, args.value);
    const shown = String(showValue(key.field, args.value ?? ''));
    if (before !== after) writeAtomically(path, after, USER_FILE_MODE);
    const what = flags.unset ? `${key.name} is no longer set` : `${key.name} = ${escapeText(shown)}`;
    this.note(`${what} (${escapeText(path)}${before === after ? ', unchanged' : ''})\n`);
  }
}
