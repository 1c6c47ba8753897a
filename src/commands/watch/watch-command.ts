// What the commands that watch have in common: the feed they open, the output they choose, and how they end.
import type { ConnectedClient } from '../../kube/client.ts';
import type { FeedListener, FeedQuery } from '../../cluster/follow/feed.ts';
import type { Topic } from '../../protocol/messages.ts';
import type { ColourMode } from '../../ui/colour.ts';
import { escapeText } from '../../ui/escape.ts';
import { createProgress } from '../../ui/progress.ts';
import { formatJsonLine } from '../../ui/structured.ts';
import { ClusterCommand } from '../cluster-command.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { toErrorDocument } from '../format-error.ts';
import { createOutput, type OutputChoice, type TopicShow } from './choose-output.ts';
import { readStreamPlace, type WatchFlagValues } from './flags.ts';
import type { WatchOutput } from './output.ts';
import { runWatch } from './run-watch.ts';

/** Of what is watched, beside what it is. */
export interface WatchRequest<T extends Topic> {
  query: FeedQuery<T>;
  show: TopicShow<T>;
  flags: WatchFlagValues & { output?: OutputChoice['format']; color?: ColourMode | undefined };
  /** What to say where there is nothing yet. */
  nothing: string;
  /** What may be meant instead; asked where there is nothing. */
  suggest?: (signal: AbortSignal) => Promise<string | undefined>;
}

/** A command that watches until it is told to end. */
export abstract class WatchCommand extends ClusterCommand {
  /** Has the terminal at the moment. */
  #screen: { onNotice(text: string): void } | undefined;

  /** Resolves to the exit code. @throws KubeError and DorguError; with -o json they are told on a line of their own */
  protected async watch<T extends Topic>(client: ConnectedClient, request: WatchRequest<T>): Promise<number> {
    const { query, show, flags, nothing } = request;
    const { cwd, signal } = this.invocation;
    const place = readStreamPlace(flags, { cwd, command: this.id ?? '' });
    const quitting = new AbortController();
    const output = createOutput(
      show,
      { format: flags.output, hasNamespace: flags['all-namespaces'] === true, color: flags.color },
      {
        invocation: this.invocation,
        print: (text) => this.print(text),
        note: (text) => super.note(`${escapeText(text)}\n`),
        now: () => Date.now(),
        nothing: flags.output === 'json' && query.name === undefined ? undefined : nothing,
        onQuit: () => quitting.abort(),
      },
    );
    // Loaded here, so that help and bad flags do not wait for it.
    const { createFeed } = await import('../../cluster/follow/create-feed.ts');
    const options = { now: () => Date.now(), random: () => Math.random(), ...place };
    const listener = this.#listen(output, `asking ${client.server}`, () => {
      if (request.suggest === undefined) return;
      void request.suggest(signal).then((text) => text !== undefined && output.onNotice(text));
    });
    try {
      const feed = createFeed(client, query, options);
      return await runWatch({ feed, listener, interruption: signal, quitting: quitting.signal });
    } catch (error) {
      if (flags.output !== 'json') throw error;
      this.print(formatJsonLine(toErrorDocument(error)));
      return exitCodeOf(error);
    } finally {
      this.#screen = undefined;
      listener.stop();
      output.close();
    }
  }

  /** While a live screen has the terminal, nothing else is written onto it. */
  protected override note(text: string): void {
    if (this.#screen === undefined) super.note(text);
    else this.#screen.onNotice(text.trimEnd());
  }

  /** The output, with a line about what is waited for until the first state is there. */
  #listen<T extends Topic>(
    output: WatchOutput<T>,
    waiting: string,
    onNothing: () => void,
  ): FeedListener<T> & { stop(): void } {
    const progress = createProgress(this.invocation.stderr);
    const timer = setInterval(() => progress.update(waiting), 250).unref();
    const stop = () => {
      clearInterval(timer);
      progress.stop();
    };
    return {
      onState: (items) => {
        stop();
        this.#screen = output;
        output.onState(items);
        if (items.length === 0) onNothing();
      },
      onChange: (change) => output.onChange(change),
      onNotice: (text) => {
        progress.stop();
        output.onNotice(text);
      },
      stop,
    };
  }
}
