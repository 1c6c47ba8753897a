// `watch events`: what happens to personas: how they are validated, and the Kubernetes Events about them.
import * as Args from '@oclif/core/args';
import { personaKinds } from '../persona/persona-name.ts';
import { createEventOutput, toEventDocument } from './event-output.ts';
import { assertOneMeaning, namespacedWatchFlags } from './flags.ts';
import { WatchCommand } from './watch-command.ts';
import { parseWatchedName } from './watched-name.ts';
import { toWatchedPlace } from './watched-place.ts';

export default class WatchEvents extends WatchCommand {
  static override id = 'watch events';
  static override summary =
    'Show what happens to personas, a line each, until Ctrl-C: how they were judged\n(-o wide: every finding), and Kubernetes Events about them.\nNAME: a persona; -l: labels of personas.';
  static override args = { name: Args.string({ ignoreStdin: true }) };
  static override flags = namespacedWatchFlags;
  static override examples = [
    { command: 'kubectl dorgu watch events', description: 'of the personas of this namespace' },
    { command: 'kubectl dorgu watch events shop -o wide', description: 'of one, each finding on a line' },
    { command: 'kubectl dorgu watch events -A -o json', description: 'for programs: one JSON object a line' },
  ];

  async run(): Promise<number> {
    const { args, flags } = await this.parse(WatchEvents);
    const name = parseWatchedName(args.name, personaKinds, WatchEvents.id);
    assertOneMeaning(name, flags, WatchEvents.id);
    const client = await this.connect(flags);
    const { interest } = toWatchedPlace('persona', name, flags, client.namespace);
    const { namespace } = interest;
    return this.watch(client, {
      query: { topic: 'events', ...interest },
      show: { createLog: createEventOutput, toDocument: toEventDocument },
      flags,
      nothing: `nothing has happened yet${namespace === undefined ? '' : ` in namespace ${JSON.stringify(namespace)}`}: waiting`,
    });
  }
}
