// `help`: what there is, a command's usage, and with --examples what to type.
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand, type CommandClass } from './base.ts';
import { formatHelp } from './format-help.ts';
import { formatOverview } from './format-overview.ts';
import { commands, loadCommand, topics } from './table.ts';
import { createUnknownCommandError } from './usage-error.ts';

export default class Help extends BaseCommand {
  static override id = 'help';
  static override summary = 'Show what there is, or how a command is used.';
  static override args = {
    command: Args.string({ multiple: true, ignoreStdin: true, description: 'name of a command' }),
  };
  static override flags = {
    examples: Flags.boolean({ summary: 'command lines to try instead of the usage' }),
  };
  static override examples = [
    { command: 'kubectl dorgu help', description: 'what there is' },
    { command: 'kubectl dorgu help generate', description: 'how a command is used' },
    { command: 'kubectl dorgu help generate --examples', description: 'what to type' },
  ];

  async run(): Promise<undefined> {
    const { args, flags } = await this.parse(Help);
    const name = ((args.command as readonly string[] | undefined) ?? []).join(' ');
    if (name === '' || topics.has(name)) {
      this.print(formatOverview(commands, topics, name));
      return;
    }
    const command = await loadCommand(name);
    if (command === undefined)
      throw createUnknownCommandError(name, '', [...commands.keys(), ...topics.keys()]);
    this.print(flags.examples ? formatExamples(command) : formatHelp(command));
  }
}

function formatExamples({ examples }: CommandClass): string {
  return `${examples.map(({ command, description }) => `# ${description}\n${command}`).join('\n\n')}\n`;
}
