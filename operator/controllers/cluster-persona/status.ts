// Writes a ClusterPersona's status: one server-side apply, against the very object that was judged.
import type { ClusterPersona, ClusterPersonaStatus } from '../../../src/api/personas.ts';
import type { KubeClient } from '../../../src/kube/client.ts';
import { KubeError } from '../../../src/kube/kube-error.ts';
import { pathOf, resources } from '../../../src/kube/resources.ts';
import type { Leadership } from '../../manager/leadership.ts';
import { digestPart } from '../../../src/status/status-digest.ts';
import { projectClusterPersona } from '../../watched/cluster-personas.ts';
import { toRefused } from './refused-status.ts';

/** Who owns the fields of the status. */
export const clusterFieldManager = 'dorgu-operator-cluster';

/**
 * How a write ended. `stale`: the object has changed or gone meanwhile, the watch will tell; `refused`: what was to be said is not taken, `message` says
 * why; `known`: the same was refused before, and nothing was sent.
 */
export type ClusterStatusWrite =
  | { outcome: 'written' }
  | { outcome: 'stale' }
  | { outcome: 'known' }
  | { outcome: 'refused'; message: string };

/** Knows the status that stands in the cluster, also before the watch tells of an own write. */
export class StatusWriter {
  readonly #client: KubeClient;
  readonly #leadership: Leadership;
  /** The answer to the last write, and the version of the object that it was judged by; by name. */
  readonly #written = new Map<string, { basedOn: string | undefined; answer: ClusterPersona }>();

  /** What was refused last, so that it is asked once; by name. */
  readonly #refusals = new Map<string, string>();

  constructor(client: KubeClient, leadership: Leadership) {
    this.#client = client;
    this.#leadership = leadership;
  }

  /** What was watched, or what was written since. */
  newest(watched: ClusterPersona): ClusterPersona {
    const written = this.#written.get(watched.metadata.name);
    if (written?.basedOn === watched.metadata.resourceVersion) return written?.answer ?? watched;
    this.#written.delete(watched.metadata.name);
    return watched;
  }

  forget(name: string): void {
    this.#written.delete(name);
    this.#refusals.delete(name);
  }

  /** @throws KubeError for what may pass; NotLeading */
  async write(
    watched: ClusterPersona,
    status: ClusterPersonaStatus,
    signal: AbortSignal,
  ): Promise<ClusterStatusWrite> {
    const { name } = watched.metadata;
    const digest = digestPart(status);
    if (this.#refusals.get(name) === digest) return { outcome: 'known' };
    try {
      await this.#send(watched, status, signal);
      this.#refusals.delete(name);
      return { outcome: 'written' };
    } catch (error) {
      const end = readEnd(error);
      if (end === undefined) throw error;
      if (end.outcome === 'stale') return end;
      const standing = this.newest(watched).status;
      await this.#send(watched, toRefused(status, standing, end.message), signal).catch(ignoreRefusal);
      this.#refusals.set(name, digest);
      return end;
    }
  }

  async #send(watched: ClusterPersona, status: ClusterPersonaStatus, signal: AbortSignal): Promise<void> {
    const { apiVersion, kind, metadata } = this.newest(watched);
    const { name, uid, resourceVersion } = metadata;
    const { body } = await this.#client.request({
      method: 'PATCH',
      path: pathOf(resources.clusterPersonas, { name, subresource: 'status' }),
      query: { fieldManager: clusterFieldManager, force: true },
      contentType: 'application/apply-patch+yaml',
      // The version makes sure that what is said to be observed has been.
      body: { apiVersion, kind, metadata: { name, uid, resourceVersion }, status },
      signal: AbortSignal.any([signal, this.#leadership.requireLeading()]),
    });
    const answer = projectClusterPersona(body);
    if (answer !== undefined) this.#written.set(name, { basedOn: watched.metadata.resourceVersion, answer });
  }
}

/** Undefined for what may pass. */
function readEnd(error: unknown): Extract<ClusterStatusWrite, { outcome: 'stale' | 'refused' }> | undefined {
  if (!(error instanceof KubeError)) return undefined;
  const { httpStatus = 0, message } = error;
  if (httpStatus === 404 || httpStatus === 409) return { outcome: 'stale' };
  return httpStatus === 422 || httpStatus === 413 ? { outcome: 'refused', message } : undefined;
}

/** Neither taken: the log and the Event have said it. */
function ignoreRefusal(error: unknown): void {
  if (readEnd(error) === undefined) throw error;
}
