// `watch personas`: `persona watch` under its other name.
import * as Args from '@oclif/core/args';
import { namespacedWatchFlags } from './flags.ts';
import { PersonaWatchCommand } from './watch-personas.ts';

export default class WatchPersonas extends PersonaWatchCommand {
  static override id = 'watch personas';
  static override summary = 'Show personas as they change, until Ctrl-C or q: the same as persona watch.';
  static override args = { name: Args.string({ ignoreStdin: true }) };
  static override flags = namespacedWatchFlags;
  static override examples = [
    { command: 'kubectl dorgu watch personas', description: 'those of this namespace' },
    { command: 'kubectl dorgu watch personas -A', description: 'all of them' },
    { command: 'kubectl dorgu watch personas -l app=shop -o json', description: 'for programs' },
  ];

  async run(): Promise<number> {
    const { args, flags } = await this.parse(WatchPersonas);
    return this.watchPersonas(args.name, flags);
  }
}
