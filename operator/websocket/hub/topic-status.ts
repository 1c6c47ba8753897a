// How a topic stands with the API server: whether its state is known, and what readers are told where it is not.
import type { StreamErrorCode } from '../../../src/protocol/messages.ts';
import type { Resource } from '../../../src/kube/resources.ts';
import type { Source } from './source.ts';

/** `waiting` for a first list, or for a failure to pass. */
export type TopicStatus =
  | { is: 'known' }
  | { is: 'waiting' }
  | { is: Extract<StreamErrorCode, 'missing' | 'unavailable'>; message: string };

/** Looks at the sources of a topic now and then. */
export class StatusWatch {
  readonly #sources: readonly Source[];
  readonly #unavailableMs: number;
  #troubleSinceMs: number | undefined;

  constructor(sources: readonly Source[], unavailableMs: number) {
    this.#sources = sources;
    this.#unavailableMs = unavailableMs;
  }

  /** What is wrong for a moment only is not said: it is got over without anybody having to know. */
  look(nowMs: number): TopicStatus {
    const missing = this.#sources.find(({ status }) => status === 'missing');
    if (missing !== undefined) {
      this.#troubleSinceMs = undefined;
      return { is: 'missing', message: `the API server does not serve ${nameOf(missing.resource)}` };
    }
    const waiting = this.#sources.find(({ status }) => status === 'waiting');
    const failing = this.#sources.find(({ failure }) => failure !== undefined);
    if (waiting === undefined && failing === undefined) {
      this.#troubleSinceMs = undefined;
      return { is: 'known' };
    }
    this.#troubleSinceMs ??= nowMs;
    if (nowMs - this.#troubleSinceMs < this.#unavailableMs)
      return { is: waiting === undefined ? 'known' : 'waiting' };
    const why = failing?.failure ?? 'no list has come';
    return { is: 'unavailable', message: `the API server does not answer the operator: ${why}` };
  }
}

function nameOf({ plural, group }: Resource): string {
  return group === '' ? plural : `${plural}.${group}`;
}
