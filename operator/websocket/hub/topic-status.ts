// How a topic stands with the API server: whether its state is known, and what readers are told where it is not.
import type { StreamErrorCode } from '../../../src/protocol/messages.ts';
import type { Resource } from '../../../src/kube/resources.ts';
import { isRefused } from '../../manager/caches/is-refused.ts';
import type { Source } from './source.ts';

/** `waiting` for a first list, or for a failure to pass; `missing`: that there is none to be had here, the kind or the operator's right to it. */
export type TopicStatus =
  | { is: 'known' }
  | { is: 'waiting' }
  | { is: Extract<StreamErrorCode, 'missing' | 'unavailable'>; message: string };

/** An API server that starts refuses for a moment what it allows. */
const refusedMs = 3000;

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
    const trouble = this.#describeTrouble(failing?.failure);
    this.#troubleSinceMs ??= nowMs;
    if (nowMs - this.#troubleSinceMs >= trouble.patienceMs) return trouble.status;
    return { is: waiting === undefined ? 'known' : 'waiting' };
  }

  /** Readers who may see it themselves do so elsewhere: waiting for a right would show them what is old, and nothing else. */
  #describeTrouble(failure = 'no list has come'): { status: TopicStatus; patienceMs: number } {
    const refusal = this.#sources.map((source) => source.failure).find((one) => isRefused(one));
    if (refusal === undefined)
      return {
        status: { is: 'unavailable', message: `the API server does not answer the operator: ${failure}` },
        patienceMs: this.#unavailableMs,
      };
    return {
      status: { is: 'missing', message: `the operator may not see that itself: ${refusal}` },
      patienceMs: Math.min(refusedMs, this.#unavailableMs),
    };
  }
}

function nameOf({ plural, group }: Resource): string {
  return group === '' ? plural : `${plural}.${group}`;
}
