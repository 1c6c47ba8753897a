// `watch cluster`: phase, nodes, applications and add-ons of the cluster as they change.
import * as Args from '@oclif/core/args';
import { clusterPersonaKinds } from '../cluster/cluster-persona-name.ts';
import { watchFlags } from './flags.ts';
import { clusterView, toClusterDocument } from './views/clusters.ts';
import { WatchCommand } from './watch-command.ts';
import { formatNotYet, parseWatchedName } from './watched-name.ts';

export default class WatchCluster extends WatchCommand {
  static override id = 'watch cluster';
  static override summary =
    'Show how the cluster changes, until Ctrl-C or q: phase, nodes, add-ons.\nNAME: a ClusterPersona, by default all of them.';
  static override args = { name: Args.string({ ignoreStdin: true }) };
  static override flags = watchFlags;
  static override examples = [
    { command: 'kubectl dorgu watch cluster', description: 'as it changes' },
    { command: 'kubectl dorgu watch cluster --context production-eu', description: 'another cluster' },
    { command: 'kubectl dorgu watch cluster -o json', description: 'for programs: one JSON object a line' },
  ];

  async run(): Promise<number> {
    const { args, flags } = await this.parse(WatchCluster);
    const name = parseWatchedName(args.name, clusterPersonaKinds, WatchCluster.id);
    const client = await this.connect(flags);
    return this.watch(client, {
      query: {
        topic: 'cluster',
        ...(name === undefined ? {} : { name }),
        isWhole: flags.output === 'json',
      },
      show: { view: clusterView, toDocument: toClusterDocument },
      flags,
      nothing:
        name === undefined
          ? 'no ClusterPersona yet: waiting; kubectl dorgu cluster init makes one'
          : formatNotYet('ClusterPersona', { name }),
    });
  }
}
