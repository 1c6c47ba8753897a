// `watch deployments`: Deployments as they change, with the applications that they belong to.
import * as Args from '@oclif/core/args';
import { assertOneMeaning, namespacedWatchFlags } from './flags.ts';
import { deploymentView, toDeploymentDocument } from './views/deployments.ts';
import { WatchCommand } from './watch-command.ts';
import { parseWatchedName } from './watched-name.ts';
import { toWatchedPlace } from './watched-place.ts';

const kinds: ReadonlySet<string> = new Set(['deploy', 'deployment', 'deployments', 'deployments.apps']);

export default class WatchDeployments extends WatchCommand {
  static override id = 'watch deployments';
  static override summary = 'Show Deployments as they change, until Ctrl-C or q, and whose they are.';
  static override args = { name: Args.string({ ignoreStdin: true }) };
  static override flags = namespacedWatchFlags;
  static override examples = [
    { command: 'kubectl dorgu watch deployments', description: 'those of this namespace' },
    { command: 'kubectl dorgu watch deployments -A -o wide', description: 'all of them, with images' },
    { command: 'kubectl dorgu watch deployments shop -n store -o json', description: 'for programs' },
  ];

  async run(): Promise<number> {
    const { args, flags } = await this.parse(WatchDeployments);
    const name = parseWatchedName(args.name, kinds, WatchDeployments.id);
    assertOneMeaning(name, flags, WatchDeployments.id);
    const client = await this.connect(flags);
    const { interest, nothing } = toWatchedPlace('Deployment', name, flags, client.namespace);
    return this.watch(client, {
      query: { topic: 'deployments', ...interest, isWhole: flags.output === 'json' },
      show: { view: deploymentView, toDocument: toDeploymentDocument },
      flags,
      nothing,
    });
  }
}
