// `options`: the flags that every command takes, and those of every command that asks a cluster.
import { BaseCommand } from './base.ts';
import { connectionFlags } from './connection-flags.ts';
import { formatRows, toFlagRows } from './format-help.ts';
import { globalFlags } from './global-flags.ts';

export default class Options extends BaseCommand {
  static override id = 'options';
  static override summary =
    'List the flags that many commands share; they stand before or after the command.';
  static override examples = [
    { command: 'kubectl dorgu options', description: 'the global flags' },
    { command: 'kubectl dorgu --color never options', description: 'a global flag before the command' },
    { command: 'kubectl dorgu options --color=never', description: 'and after it' },
  ];

  async run(): Promise<undefined> {
    await this.parse(Options);
    this.print(
      [
        'The following flags can be given to every command:',
        ...formatRows(toFlagRows(globalFlags)),
        'These to every command that asks a cluster, as in kubectl:',
        ...formatRows(toFlagRows(connectionFlags)),
      ].join('\n'),
    );
  }
}
