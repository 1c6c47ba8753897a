// `persona watch`: personas as they change, live on a terminal, as lines elsewhere.
import * as Args from '@oclif/core/args';
import { namespacedWatchFlags } from '../watch/flags.ts';
import { PersonaWatchCommand } from '../watch/watch-personas.ts';

export default class PersonaWatch extends PersonaWatchCommand {
  static override id = 'persona watch';
  static override summary =
    'Show personas as they change, until Ctrl-C or q: a live table on a terminal, a\nline for each change elsewhere. The operator streams them; where it cannot be\nreached, the API server is watched. A NAME that is not there yet is waited for.';
  static override args = { name: Args.string({ ignoreStdin: true }) };
  static override flags = namespacedWatchFlags;
  static override examples = [
    { command: 'kubectl dorgu persona watch', description: 'the personas of this namespace' },
    { command: 'kubectl dorgu persona watch shop -n store', description: 'one of them' },
    { command: 'kubectl dorgu persona watch -A -o wide', description: 'all of them, with teams and reasons' },
    {
      command: 'kubectl dorgu persona watch -A -l team=store -o json',
      description: 'for programs: one JSON object a line',
    },
  ];

  async run(): Promise<number> {
    const { args, flags } = await this.parse(PersonaWatch);
    return this.watchPersonas(args.name, flags);
  }
}
