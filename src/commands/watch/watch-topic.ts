// A watch as a command runs it: from what the command line asks for to the exit code.
import { createFeed } from '../../cluster/follow/create-feed.ts';
import type { FeedListener, FeedQuery } from '../../cluster/follow/feed.ts';
import type { ConnectedClient } from '../../kube/client.ts';
import type { Topic } from '../../protocol/messages.ts';
import type { ColourMode } from '../../ui/colour.ts';
import { createProgress } from '../../ui/progress.ts';
import { formatJsonLine } from '../../ui/structured.ts';
import { exitCodeOf } from '../exit-codes.ts';
import { toErrorDocument } from '../format-error.ts';
import type { Invocation } from '../invocation.ts';
import { createOutput, type TopicShow } from './choose-output.ts';
import { readStreamPlace, type WatchFlagValues } from './flags.ts';
import type { OutputParts, WatchOutput } from './output.ts';
import { runWatch } from './run-watch.ts';

/** Of what is watched, beside what it is. */
export interface WatchRequest<T extends Topic> {
  query: FeedQuery<T>;
  show: TopicShow<T>;
  flags: WatchFlagValues & { output?: 'wide' | 'json' | undefined; color?: ColourMode | undefined };
  /** What to say where there is nothing yet. */
  nothing: string;
  /** What may be meant instead; asked where there is nothing. */
  suggest?: (signal: AbortSignal) => Promise<string | undefined>;
  /** Instead of the output that is chosen otherwise. */
  createScreen?: (parts: OutputParts & { onQuit: () => void }) => WatchOutput<T>;
}

/** The command that runs it. */
export interface WatchHost {
  /** Its id. */
  command: string;
  invocation: Invocation;
  print: (text: string) => void;
  /** A line for stderr, without its end. */
  note: (text: string) => void;
  /** From now on what the command itself has to say goes there; to stderr again where it is undefined. */
  divertNotes: (sink: ((text: string) => void) | undefined) => void;
}

/** Resolves to the exit code. @throws KubeError and DorguError; with -o json they are told on a line of their own */
export async function watchTopic<T extends Topic>(
  client: ConnectedClient,
  request: WatchRequest<T>,
  host: WatchHost,
): Promise<number> {
  const { query, flags, suggest } = request;
  const { invocation, command } = host;
  const place = readStreamPlace(flags, { cwd: invocation.cwd, command });
  const quitting = new AbortController();
  const output = openOutput(request, host, () => quitting.abort());
  const listener = listen(output, host, `asking ${client.server}`, (isEmpty) => {
    host.divertNotes((text) => output.onNotice(text));
    if (isEmpty)
      void suggest?.(invocation.signal).then((text) => text !== undefined && output.onNotice(text));
  });
  try {
    const options = { now: () => Date.now(), random: () => Math.random(), env: invocation.env, ...place };
    const feed = createFeed(client, query, options);
    return await runWatch({ feed, listener, interruption: invocation.signal, quitting: quitting.signal });
  } catch (error) {
    if (flags.output !== 'json') throw error;
    host.print(formatJsonLine(toErrorDocument(error)));
    return exitCodeOf(error);
  } finally {
    host.divertNotes(undefined);
    listener.stop();
    output.close();
  }
}

function openOutput<T extends Topic>(
  { query, show, flags, nothing, createScreen }: WatchRequest<T>,
  { invocation, print, note }: WatchHost,
  onQuit: () => void,
): WatchOutput<T> {
  const { output: format, color } = flags;
  const parts = {
    print,
    note,
    now: () => Date.now(),
    // A program sees that nothing comes; that what it has named is not there yet, it would not.
    nothing: format === 'json' && query.name === undefined ? undefined : nothing,
  };
  if (createScreen !== undefined) return createScreen({ ...parts, onQuit });
  const hasNamespace = flags['all-namespaces'] === true;
  return createOutput(show, { format, hasNamespace, color }, { ...parts, invocation, onQuit });
}

/** The output; until it has a state, a line says what is waited for. */
function listen<T extends Topic>(
  output: WatchOutput<T>,
  { invocation }: WatchHost,
  waiting: string,
  onState: (isEmpty: boolean) => void,
): FeedListener<T> & { stop(): void } {
  const progress = createProgress(invocation.stderr);
  const timer = setInterval(() => progress.update(waiting), 250).unref();
  const stop = () => {
    clearInterval(timer);
    progress.stop();
  };
  return {
    onState: (items) => {
      stop();
      output.onState(items);
      onState(items.length === 0);
    },
    onChange: (change) => output.onChange(change),
    onNotice: (text) => {
      progress.stop();
      output.onNotice(text);
    },
    stop,
  };
}
