// Waits for the state of a topic, no longer than somebody is ready to wait.
import { KubeError } from '../../../src/kube/kube-error.ts';
import type { Clock } from '../../manager/clock.ts';
import type { TopicFeed } from './topic-feed.ts';

/**
 * Resolves at once where the state is known.
 * @throws KubeError NotFound (404) where the cluster does not know the kind, ServiceUnavailable where the API server is silent, Timeout; the signal's reason
 */
export async function whenKnown(
  feed: Pick<TopicFeed, 'status' | 'onStatus'>,
  clock: Clock,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<void> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const look = (): void => {
    const { status } = feed;
    if (status.is === 'known') resolve(undefined);
    else if (status.is === 'missing') reject(new KubeError('NotFound', status.message, { httpStatus: 404 }));
    else if (status.is === 'unavailable') reject(new KubeError('ServiceUnavailable', status.message, {}));
  };
  const onAbort = (): void => reject(signal.reason as Error);
  const late = (): void =>
    reject(new KubeError('Timeout', `the state was not known within ${timeoutMs / 1000} s`, {}));
  const forget = feed.onStatus(look);
  const cancel = clock.setTimer(late, timeoutMs);
  signal.addEventListener('abort', onAbort, { once: true });
  look();
  try {
    await promise;
  } finally {
    forget();
    cancel();
    signal.removeEventListener('abort', onAbort);
  }
}
