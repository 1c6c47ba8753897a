// What commands that ask a cluster have in common: kubectl's connection flags, and the connection they describe.
import type { ConnectedClient } from '../kube/client.ts';
import { escapeText } from '../ui/escape.ts';
import { BaseCommand } from './base.ts';
import { connectionFlags, toConnectionOptions, type ConnectionFlagValues } from './connection-flags.ts';
import { globalFlags } from './global-flags.ts';
import type { WatchHost } from './watch/watch-topic.ts';

/** A command with a connection; what it opens is closed when the command ends. */
export abstract class ClusterCommand extends BaseCommand {
  static override baseFlags = { ...globalFlags, ...connectionFlags };

  private readonly clients: ConnectedClient[] = [];
  private noteSink: ((text: string) => void) | undefined;

  /**
   * The API server that flags, kubeconfig and environment name. No request is made yet. `isQuiet`: the server's warnings are for the
   * command alone.
   * @throws DorguError for a kubeconfig that cannot be used, or where there is none
   */
  protected async connect(flags: ConnectionFlagValues, { isQuiet = false } = {}): Promise<ConnectedClient> {
    // Loaded here, so that help and bad flags do not wait for it.
    const { connect } = await import('../kube/connect.ts');
    const client = await connect({
      ...toConnectionOptions(flags, this.invocation),
      onWarning: isQuiet ? undefined : (text) => this.note(`Warning: ${escapeText(text)}\n`),
    });
    this.clients.push(client);
    return client;
  }

  /** What a watch needs of the command that runs it. */
  protected toWatchHost(): WatchHost {
    return {
      command: this.id ?? '',
      invocation: this.invocation,
      print: (text) => this.print(text),
      note: (text) => super.note(`${escapeText(text)}\n`),
      divertNotes: (sink) => (this.noteSink = sink),
    };
  }

  /** While a live screen has the terminal, nothing else is written onto it. */
  protected override note(text: string): void {
    if (this.noteSink === undefined) super.note(text);
    else this.noteSink(text.trimEnd());
  }

  override async execute(): Promise<number> {
    try {
      return await super.execute();
    } finally {
      for (const client of this.clients) client.close();
    }
  }
}
