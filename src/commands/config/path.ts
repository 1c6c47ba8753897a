// `config path`: where the settings are.
import { existsSync } from 'node:fs';
import { formatStructured } from '../../ui/structured.ts';
import { BaseCommand } from '../base.ts';
import { createOutputFlag, isStructured } from '../output-flag.ts';
import { locateUserFile } from '../user-file.ts';

export default class ConfigPath extends BaseCommand {
  static override id = 'config path';
  static override summary = "Print the path of this user's settings file.";
  static override flags = { output: createOutputFlag(['text', 'json', 'yaml']) };
  static override examples = [
    { command: 'kubectl dorgu config path', description: 'where the settings are' },
    { command: 'kubectl dorgu config path -o json', description: 'and whether the file is there' },
    { command: 'kubectl dorgu config path -o yaml', description: 'the same as YAML' },
  ];

  async run(): Promise<undefined> {
    const { flags } = await this.parse(ConfigPath);
    const path = locateUserFile(this.invocation);
    this.print(
      isStructured(flags.output)
        ? formatStructured({ path, exists: existsSync(path) }, flags.output)
        : `${path}\n`,
    );
  }
}
