// What the commands that watch have in common.
import type { ConnectedClient } from '../../kube/client.ts';
import type { Topic } from '../../protocol/messages.ts';
import { ClusterCommand } from '../cluster-command.ts';
import type { WatchRequest } from './watch-topic.ts';

/** A command that watches until it is told to end. */
export abstract class WatchCommand extends ClusterCommand {
  /** Resolves to the exit code. @throws KubeError and DorguError; with -o json they are told on a line of their own */
  protected async watch<T extends Topic>(client: ConnectedClient, request: WatchRequest<T>): Promise<number> {
    // Loaded here, so that help and bad flags do not wait for it.
    const { watchTopic } = await import('./watch-topic.ts');
    return watchTopic(client, request, this.toWatchHost());
  }
}
