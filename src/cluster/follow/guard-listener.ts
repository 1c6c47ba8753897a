// A listener of a feed that throws: it would throw in the middle of a socket or a watch, where nobody waits for it.
import type { Topic } from '../../protocol/messages.ts';
import type { FeedListener } from './feed.ts';

/** The same listener; what it throws first goes to `onFailure`, and it is told nothing more. */
export function guardListener<T extends Topic>(
  listener: FeedListener<T>,
  onFailure: (error: unknown) => void,
): FeedListener<T> {
  let hasFailed = false;
  const attempt = (tell: () => void): void => {
    if (hasFailed) return;
    try {
      tell();
    } catch (error) {
      hasFailed = true;
      onFailure(error);
    }
  };
  return {
    onState: (items) => attempt(() => listener.onState(items)),
    onChange: (change) => attempt(() => listener.onChange(change)),
    onNotice: (text) => attempt(() => listener.onNotice(text)),
  };
}
