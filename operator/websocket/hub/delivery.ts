// One change on its way to everybody: turned into JSON once, and into a frame once for each name that readers gave their subscription.
import { formatEvent } from '../../../src/protocol/format-message.ts';
import type { EventType, Topic } from '../../../src/protocol/messages.ts';
import { toItemJson, type Kept } from './kept.ts';

/** From what readers hold to what there is; at least one of them is there. */
export interface Step {
  held: Kept | undefined;
  latest: Kept | undefined;
}

/** What readers of a topic get of one change. */
export class Delivery {
  /** Of the item. */
  readonly key: string;
  readonly step: Step;
  readonly #topic: Topic;
  readonly #timestamp: string;
  readonly #frames = new Map<EventType, Map<string | undefined, Buffer>>();

  /** `timestamp`: RFC 3339 with milliseconds */
  constructor(topic: Topic, { key, step }: { key: string; step: Step }, timestamp: string) {
    this.#topic = topic;
    this.key = key;
    this.step = step;
    this.#timestamp = timestamp;
  }

  /** That of an item that stays: nodes that came or went are told as such. */
  get updateType(): EventType {
    const [before, after] = [this.step.held?.nodeCount ?? 0, this.step.latest?.nodeCount ?? 0];
    if (before === after) return 'updated';
    return after > before ? 'nodeAdded' : 'nodeRemoved';
  }

  /** The same buffer for all who gave their subscription this name. */
  frame(eventType: EventType, requestId: string | undefined): Buffer {
    const frames = this.#frames.get(eventType) ?? new Map<string | undefined, Buffer>();
    this.#frames.set(eventType, frames);
    const known = frames.get(requestId);
    if (known !== undefined) return known;
    const address = { topic: this.#topic, requestId };
    const frame = Buffer.from(formatEvent(address, eventType, this.#json(eventType), this.#timestamp));
    frames.set(requestId, frame);
    return frame;
  }

  readonly #jsons: { held?: string; latest?: string } = {};

  #json(eventType: EventType): string {
    const which = eventType === 'deleted' ? 'held' : 'latest';
    const kept = this.step[which];
    if (kept === undefined) throw new Error(`expected a state to tell as ${eventType}, found none`);
    return (this.#jsons[which] ??= toItemJson(this.#topic, kept));
  }
}

/** Whether the change is none for those who do not ask for whole objects; for the others every version is another. */
export function isUnchanged({ held, latest }: Step, isWhole: boolean): boolean {
  if (held === undefined || latest === undefined) return held === latest;
  return isWhole ? held.version === latest.version : held.body === latest.body;
}

/** What changes one after the other come to. Undefined: nothing. */
export function mergeStep(before: Step | undefined, { held, latest }: Step): Step | undefined {
  const step = before === undefined ? { held, latest } : { held: before.held, latest };
  return step.held === undefined && step.latest === undefined ? undefined : step;
}

/** A Kubernetes Event that is about another persona now is gone for those who follow the one, and new for those who follow the other. */
export function splitByPlace(step: Step): readonly Step[] {
  const { held, latest } = step;
  if (held === undefined || latest === undefined) return [step];
  if (held.name === latest.name && held.namespace === latest.namespace) return [step];
  return [
    { held, latest: undefined },
    { held: undefined, latest },
  ];
}
