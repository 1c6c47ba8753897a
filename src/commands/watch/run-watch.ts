// A watch from its first question to its end: Ctrl-C, `q`, or what waiting does not mend.
import type { Feed, FeedListener } from '../../cluster/follow/feed.ts';
import type { Topic } from '../../protocol/messages.ts';
import { EXIT_CODES } from '../exit-codes.ts';

/** What a watch consists of. */
export interface WatchParts<T extends Topic> {
  feed: Feed<T>;
  listener: FeedListener<T>;
  /** Ctrl-C and SIGTERM. */
  interruption: AbortSignal;
  /** `q`. */
  quitting: AbortSignal;
}

/** Resolves to the exit code. @throws what the feed does */
export async function runWatch<T extends Topic>({
  feed,
  listener,
  interruption,
  quitting,
}: WatchParts<T>): Promise<number> {
  try {
    await feed.run(listener, AbortSignal.any([interruption, quitting]));
  } catch (error) {
    if (!interruption.aborted && !quitting.aborted) throw error;
  }
  return interruption.aborted ? EXIT_CODES.interrupted : EXIT_CODES.ok;
}
