// One subscription: what its reader holds, and what comes next: the state in pages, then changes, and the state anew for whoever has fallen behind.
import { formatMessage, formatPage } from '../../../src/protocol/format-message.ts';
import type { StreamErrorCode } from '../../../src/protocol/messages.ts';
import { Delivery, isUnchanged, type Step } from './delivery.ts';
import { toItemJson, type Kept } from './kept.ts';
import type { Outlet } from './outlet.ts';
import { Pages } from './pages.ts';
import type { Sight } from './sight.ts';

/** What a subscription asks of its topic. */
export interface FollowedTopic {
  readonly items: ReadonlyMap<string, Kept>;
  /** Every version is told, because its objects are. */
  readonly isWhole: boolean;
  /** RFC 3339 with milliseconds. */
  timestamp(): string;
}

/** `waiting` for the state to be known; `behind` until the reader has taken what waits. */
export type FollowerState = 'waiting' | 'paging' | 'current' | 'behind' | 'closed';

/** What becomes of a change: it is sent, it has nothing for this reader or is in what comes later, or there is no room for it. */
export type Taken = 'sent' | 'passed' | 'fallen';

/** One subscription, as its topic has it. */
export class Follower {
  readonly sight: Sight;
  readonly #requestId: string | undefined;
  readonly #topic: FollowedTopic;
  readonly #outlet: Outlet;
  #state: FollowerState = 'waiting';
  #pages = new Pages();

  constructor(topic: FollowedTopic, outlet: Outlet, sight: Sight, requestId: string | undefined) {
    this.#topic = topic;
    this.#outlet = outlet;
    this.sight = sight;
    this.#requestId = requestId;
  }

  get state(): FollowerState {
    return this.#state;
  }

  /** Bytes that the reader has not taken yet. */
  get waitingBytes(): number {
    return this.#outlet.waitingBytes;
  }

  /** The whole state is next. */
  begin(): void {
    if (this.#state === 'closed') return;
    this.#state = 'paging';
    this.#pages = new Pages();
  }

  /** What is known may not be true any more: nothing is told until {@link begin}. */
  rest(): void {
    if (this.#state !== 'closed') this.#state = 'waiting';
  }

  close(): void {
    this.#state = 'closed';
    this.#pages = new Pages();
  }

  take(delivery: Delivery): Taken {
    if (this.#state === 'current') return this.#tell(delivery);
    if (this.#state === 'paging') this.#pages.hold(delivery.key, this.#narrow(delivery.step), delivery.step);
    return 'passed';
  }

  /** The next page, or with the last one what has happened meanwhile. */
  sendPage(): void {
    if (this.#state !== 'paging') return;
    const pages = this.#pages;
    const { topic, sees } = this.sight;
    const page = pages.fill(this.#topic.items, (kept) => (sees(kept) ? toItemJson(topic, kept) : undefined));
    const address = { topic, requestId: this.#requestId };
    const frame = Buffer.from(formatPage(address, page, this.#topic.timestamp()));
    this.#outlet.send(frame);
    // The reader may be gone by then.
    if (page.isLast && this.state === 'paging') this.#catchUp(pages);
  }

  refuse(code: StreamErrorCode, message: string): void {
    if (this.#state === 'closed') return;
    const { topic } = this.sight;
    const named = this.#requestId === undefined ? {} : { requestId: this.#requestId };
    const timestamp = this.#topic.timestamp();
    this.#outlet.send(
      Buffer.from(formatMessage({ type: 'error', topic, ...named, timestamp, payload: { code, message } })),
    );
  }

  /** What came while pages were sent. */
  #catchUp(pages: Pages): void {
    this.#pages = new Pages();
    this.#state = 'current';
    for (const change of pages.listHeld()) {
      if (this.state !== 'current') return;
      this.#tell(new Delivery(this.sight.topic, change, this.#topic.timestamp()));
    }
  }

  #tell(delivery: Delivery): Taken {
    const { held, latest } = delivery.step;
    const { sees } = this.sight;
    const isHeld = sees(held);
    const isThere = sees(latest);
    if (!isHeld && !isThere) return 'passed';
    if (isHeld && isThere && isUnchanged(delivery.step, this.#topic.isWhole)) return 'passed';
    if (this.#outlet.isFull) {
      this.#state = 'behind';
      return 'fallen';
    }
    const stays = isThere ? delivery.updateType : 'deleted';
    this.#outlet.send(delivery.frame(isHeld ? stays : 'created', this.#requestId));
    return 'sent';
  }

  /** As this reader sees it. */
  #narrow({ held, latest }: Step): Step {
    const { sees } = this.sight;
    return { held: sees(held) ? held : undefined, latest: sees(latest) ? latest : undefined };
  }
}
