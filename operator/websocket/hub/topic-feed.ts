// One topic: follows its objects while somebody wants them, and hands changes and pages out, a turn of the event loop at a time.
import { pageBytes } from '../../../src/protocol/limits.ts';
import type { Topic } from '../../../src/protocol/messages.ts';
import type { Clock } from '../../manager/clock.ts';
import type { Reader } from '../hub.ts';
import { Delivery, isUnchanged, mergeStep, splitByPlace, type Step } from './delivery.ts';
import { Follower, type FollowedTopic } from './follower.ts';
import { InterestIndex } from './interest-index.ts';
import type { ItemState } from './item-state.ts';
import type { Kept, KeptChange } from './kept.ts';
import { isSameLabels } from './labels.ts';
import type { Outlets } from './outlet.ts';
import { Round } from './round.ts';
import type { Sight } from './sight.ts';
import { StatusWatch, type TopicStatus } from './topic-status.ts';

/** What a topic is made of. */
export interface TopicParts {
  topic: Topic;
  /** Whether items bear their objects. */
  isWhole: boolean;
  state: ItemState;
  outlets: Outlets;
  clock: Clock;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** The objects are followed so long after the last one who wanted them. */
  lingerMs: number;
  /** Failures are said after so long. */
  unavailableMs: number;
  /** It stands otherwise with the API server than before. */
  onStatus?: (status: TopicStatus) => void;
  /** A turn has thrown: everybody gets the state anew. */
  onDefect?: (error: unknown) => void;
}

/** What is sent in one turn takes no longer: then sockets, and whatever else the process does, have theirs. */
const maxTurnMs = 10;
/** Failures and stragglers are looked for so often. */
const lookMs = 1000;

/** One topic, with whole objects or without. */
export class TopicFeed implements FollowedTopic {
  readonly #parts: TopicParts;
  readonly #status: StatusWatch;
  readonly #followers = new Set<Follower>();
  readonly #index: InterestIndex<Follower>;
  /** What has changed and was not handed out yet. */
  readonly #batch = new Map<string, Step>();
  readonly #round = new Round();
  /** Whoever waits for a page, in their order. */
  readonly #paging = new Set<Follower>();
  readonly #onStatus = new Set<() => void>();
  #current: TopicStatus = { is: 'waiting' };
  #holders = 0;
  #isFollowing = false;
  #isTurnDue = false;
  #cancelLinger = (): void => undefined;
  #cancelLook = (): void => undefined;

  constructor(parts: TopicParts) {
    this.#parts = parts;
    this.#status = new StatusWatch(parts.state.sources, parts.unavailableMs);
    this.#index = new InterestIndex(parts.topic);
  }

  get items(): ReadonlyMap<string, Kept> {
    return this.#parts.state.items;
  }

  get status(): TopicStatus {
    return this.#current;
  }

  timestamp(): string {
    return new Date(this.#parts.now()).toISOString();
  }

  get isWhole(): boolean {
    return this.#parts.isWhole;
  }

  /** The state is next, once it is known. */
  follow(sight: Sight, requestId: string | undefined, reader: Reader): Follower {
    const follower = new Follower(this, this.#parts.outlets.of(reader), sight, requestId);
    this.#followers.add(follower);
    this.#index.add(follower, sight.interest);
    this.hold();
    this.#welcome(follower);
    return follower;
  }

  leave(follower: Follower): void {
    if (!this.#followers.delete(follower)) return;
    follower.close();
    this.#index.remove(follower, follower.sight.interest);
    this.#paging.delete(follower);
    this.release();
  }

  /** The reader has taken what was waiting. */
  drained(follower: Follower): void {
    if (follower.state === 'behind') follower.begin();
    if (follower.state !== 'paging') return;
    this.#paging.add(follower);
    this.#schedule();
  }

  /** Whoever needs the state holds the topic; the first one starts it. */
  hold(): void {
    this.#holders += 1;
    this.#cancelLinger();
    this.#cancelLinger = () => undefined;
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    this.#parts.state.start({
      onChange: (change) => this.#take(change),
      onStatus: () => this.#look(),
    });
    this.#keepLooking();
  }

  release(): void {
    this.#holders -= 1;
    if (this.#holders > 0 || !this.#isFollowing) return;
    this.#cancelLinger = this.#parts.clock.setTimer(() => this.stop(), this.#parts.lingerMs);
  }

  /** Called whenever the status is another one; call what it returns to hear no more. */
  onStatus(listener: () => void): () => void {
    this.#onStatus.add(listener);
    return () => void this.#onStatus.delete(listener);
  }

  /** Nothing is watched any more, and nobody is told anything. */
  stop(): void {
    this.#cancelLinger();
    this.#cancelLook();
    if (!this.#isFollowing) return;
    this.#isFollowing = false;
    this.#parts.state.stop();
    this.#batch.clear();
    this.#round.clear();
    this.#paging.clear();
    this.#current = { is: 'waiting' };
  }

  #take({ key, before, after }: KeptChange): void {
    const step = mergeStep(this.#batch.get(key), { held: before, latest: after });
    if (step === undefined) this.#batch.delete(key);
    else this.#batch.set(key, step);
    if (this.#current.is === 'unavailable') this.#look();
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isTurnDue) return;
    this.#isTurnDue = true;
    this.#parts.clock.defer(() => {
      this.#isTurnDue = false;
      if (this.#isFollowing) this.#guard(() => this.#takeTurn());
    });
  }

  /** Nobody else would catch what a turn throws, and what it was about to hand out is lost by it. */
  #guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#parts.onDefect?.(error);
      this.#rest();
      // Not at once: what throws once may throw again.
      this.#parts.clock.setTimer(() => this.#welcomeAll(), lookMs);
    }
  }

  /** What was to be handed out is not; whoever follows has to be welcomed again. */
  #rest(): void {
    this.#batch.clear();
    this.#round.clear();
    this.#paging.clear();
    for (const follower of this.#followers) follower.rest();
  }

  #welcomeAll(): void {
    if (this.#isFollowing) for (const follower of this.#followers) this.#welcome(follower);
  }

  #takeTurn(): void {
    this.#parts.outlets.beginTurn();
    const { clock } = this.#parts;
    const endsAtMs = clock.now() + maxTurnMs;
    const isOver = (): boolean => clock.now() >= endsAtMs;
    this.#handOut(isOver);
    // A page is of a moment: nobody may be told afterwards what stands in it already.
    if (!this.#isHandingOut) this.#sendPages(isOver);
    if (this.#isHandingOut || this.#paging.size > 0) this.#schedule();
  }

  get #isHandingOut(): boolean {
    return this.#batch.size > 0 || !this.#round.isEmpty;
  }

  #handOut(isOver: () => boolean): void {
    do {
      if (this.#round.isEmpty) this.#makeOut();
      const given = this.#round.giveNext();
      // Those whose socket took it all will not hear that it did.
      if (given?.hasFallen === true && given.follower.waitingBytes === 0) this.drained(given.follower);
    } while (this.#isHandingOut && !isOver());
  }

  #makeOut(): void {
    for (const [key, step] of this.#batch) {
      if (this.#round.isFull) return;
      this.#batch.delete(key);
      for (const part of splitByPlace(step)) this.#address(key, part);
    }
  }

  #address(key: string, step: Step): void {
    const kept = step.latest ?? step.held;
    if (kept === undefined) return;
    if (isUnchanged(step, this.isWhole) && isSameLabels(step.held?.labels, step.latest?.labels)) return;
    const delivery = new Delivery(this.#parts.topic, { key, step }, this.timestamp());
    this.#index.visit(kept.namespace, kept.name, (follower) => this.#round.add(follower, delivery));
  }

  /** One at least: looking for items that a reader may see takes its time, too. */
  #sendPages(isOver: () => boolean): void {
    for (const follower of [...this.#paging]) {
      this.#paging.delete(follower);
      // Whoever has to be waited for comes back when it is drained.
      if (follower.waitingBytes > pageBytes) continue;
      follower.sendPage();
      if (follower.state === 'paging') this.#paging.add(follower);
      if (isOver()) return;
    }
  }

  #welcome(follower: Follower): void {
    if (this.#current.is === 'known') {
      follower.begin();
      this.#paging.add(follower);
      this.#schedule();
    } else if (this.#current.is !== 'waiting') follower.refuse(this.#current.is, this.#current.message);
  }

  #keepLooking(): void {
    this.#look();
    for (const follower of this.#followers) if (follower.waitingBytes === 0) this.drained(follower);
    this.#cancelLook = this.#parts.clock.setTimer(() => this.#keepLooking(), lookMs);
  }

  #look(): void {
    if (!this.#isFollowing) return;
    const next = this.#status.look(this.#parts.clock.now());
    const before = this.#current;
    if (next.is === before.is) return;
    // What has happened up to now is told as such.
    if (before.is === 'known') this.#guard(() => this.#handOut(() => false));
    this.#rest();
    this.#current = next;
    this.#parts.onStatus?.(next);
    this.#welcomeAll();
    for (const listener of [...this.#onStatus]) listener();
  }
}
