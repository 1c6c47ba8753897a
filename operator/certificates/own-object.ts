// One object of the operator's own: watched by its name, so that RBAC can hold its rights to that name, and written only as it was last seen.
import type { KubeClient, KubeRequest } from '../../src/kube/client.ts';
import { KubeError } from '../../src/kube/kube-error.ts';
import { pathOf, type Resource } from '../../src/kube/resources.ts';
import type { Reflector } from '../../src/kube/watch/reflector.ts';
import type { ReflectorFactory } from '../manager/caches/reflector-factory.ts';
import type { Clock } from '../manager/clock.ts';
import { Patience } from './patience.ts';
import { withoutKeys } from './without-keys.ts';

/** How the server is met. */
export interface ServerParts {
  reads: KubeClient;
  /** Sends each write once. */
  writes: KubeClient;
  createReflector: ReflectorFactory;
  clock: Clock;
  random: () => number;
}

/** Which object. */
export interface ObjectPlace<T> {
  resource: Resource;
  name: string;
  namespace?: string | undefined;
  /** What is kept of it. Never throws. */
  project: (object: unknown) => T;
}

/** A write: a patch of the object. */
export type Patch = Pick<KubeRequest, 'query' | 'contentType' | 'body'>;

/** A server that is slower than that is asked again. */
const timeoutMs = 5000;

/** Forbidden; a namespace that is not there; an object that may not be changed: nothing that passes by itself. */
const refusals = [403, 404, 422];

/** Live from its start to its stop. */
export class OwnObject<T> {
  /** `secrets "dorgu-ca"`, as the server words it. */
  readonly title: string;
  readonly #parts: ServerParts;
  readonly #path: string;
  readonly #reflector: Reflector<T>;
  readonly #patience: Patience;
  readonly #ending = new AbortController();
  #writeFailure: string | undefined;

  constructor(parts: ServerParts, place: ObjectPlace<T>, onChange: () => void) {
    const { resource, name, namespace, project } = place;
    this.title = `${resource.plural} "${name}"`;
    this.#parts = parts;
    this.#path = pathOf(resource, { name, ...(namespace === undefined ? {} : { namespace }) });
    this.#patience = new Patience(parts);
    this.#reflector = parts.createReflector<T>(parts.reads, {
      resource,
      namespace,
      fieldSelector: `metadata.name=${name}`,
      project,
      onChange,
    });
    void this.#reflector.synced.then(onChange);
  }

  /** Undefined where there is none. */
  get value(): T | undefined {
    const [value] = this.#reflector.objects.values();
    return value;
  }

  get isSynced(): boolean {
    return this.#reflector.isSynced;
  }

  /** What is in the way, in the server's words; undefined while all is well. */
  get problem(): string | undefined {
    const failure = this.#reflector.health().failure ?? (this.isSynced ? undefined : 'not read yet');
    const why = failure ?? this.#writeFailure;
    return why === undefined ? undefined : `${this.title}: ${why}`;
  }

  /** It cannot be read, or the last write was refused or lost on its way: what was to be written may never be. */
  get isStuck(): boolean {
    return this.#writeFailure !== undefined || this.#reflector.health().failure !== undefined;
  }

  /** False in the pause after a try. */
  get mayWrite(): boolean {
    return this.isSynced && this.#patience.isReady;
  }

  /** The object is as it should be: what has failed before is over. */
  settle(): void {
    this.#writeFailure = undefined;
  }

  /**
   * Sends patches one after the other, each made from the answer to the one before; true when all were taken. A conflict is no failure: somebody was
   * faster, and the watch tells what they wrote.
   */
  async write(...patches: readonly ((before: unknown) => Patch)[]): Promise<boolean> {
    let before: unknown;
    try {
      for (const toPatch of patches) {
        const patch = toPatch(before);
        ({ body: before } = await this.#parts.writes.request({
          method: 'PATCH',
          path: this.#path,
          timeoutMs,
          signal: this.#ending.signal,
          ...patch,
        }));
      }
    } catch (error) {
      this.#fail(error);
      return false;
    }
    this.#writeFailure = undefined;
    this.#patience.tried('done');
    return true;
  }

  start(): void {
    this.#reflector.start();
  }

  /** A write that is under way is cut off. */
  async stop(): Promise<void> {
    this.#ending.abort(new Error('the operator stops'));
    await this.#reflector.stop();
  }

  #fail(error: unknown): void {
    const httpStatus = error instanceof KubeError ? error.httpStatus : undefined;
    if (httpStatus === 409) {
      this.#patience.tried('done');
      return;
    }
    this.#patience.tried(refusals.includes(httpStatus ?? 0) ? 'refused' : 'failed');
    this.#writeFailure = withoutKeys(error instanceof Error ? error.message : String(error));
  }
}

/** A server-side apply. Without `force` fields of others make it a conflict. */
export function toApply(
  body: object,
  { fieldManager, force }: { fieldManager: string; force: boolean },
): Patch {
  return { query: { fieldManager, force }, contentType: 'application/apply-patch+yaml', body };
}
