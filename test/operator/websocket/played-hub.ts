// A hub whose changes are the test's.
import { DorguError } from '../../../src/api/errors.ts';
import type { ItemOf } from '../../../src/protocol/items.ts';
import type { Interest, Topic } from '../../../src/protocol/messages.ts';
import type { Hub, Reader, Subscription, Wanted } from '../../../operator/websocket/hub.ts';

/** One subscription, as the hub sees it. */
export interface PlayedSubscription {
  wanted: Wanted;
  reader: Reader;
  drained: number;
  isClosed: boolean;
}

/** Knows no selector but those that begin with a letter. */
export class PlayedHub implements Pick<Hub, 'subscribe' | 'list'> {
  readonly subscriptions: PlayedSubscription[] = [];
  items: ItemOf[Topic][] = [];
  /** What the end of a subscription throws, once. */
  defect: Error | undefined;
  /** What every list meets instead of an answer. */
  failure: Error | undefined;
  /** Lists wait for this. */
  gate: Promise<void> = Promise.resolve();

  subscribe(wanted: Wanted, reader: Reader): Subscription {
    const { labelSelector = 'a' } = wanted.interest;
    if (!/^[a-z]/.test(labelSelector))
      throw new DorguError('SelectorInvalid', `expected a selector, found ${labelSelector}`);
    const played: PlayedSubscription = { wanted, reader, drained: 0, isClosed: false };
    this.subscriptions.push(played);
    return {
      wanted,
      drained: () => void (played.drained += 1),
      close: () => {
        const isFirst = !played.isClosed;
        played.isClosed = true;
        if (isFirst && this.defect !== undefined) throw this.defect;
      },
    };
  }

  async list<T extends Topic>(
    _topic: T,
    _interest: Interest,
    { signal }: { signal: AbortSignal },
  ): Promise<ItemOf[T][]> {
    await this.gate;
    signal.throwIfAborted();
    if (this.failure !== undefined) throw this.failure;
    return this.items as ItemOf[T][];
  }

  /** To all who are subscribed. */
  say(text: string): void {
    const frame = Buffer.from(text);
    for (const { reader, isClosed } of this.subscriptions) if (!isClosed) reader.send(frame);
  }
}
