// Writes a ClusterPersona's status: one server-side apply, against the very object that was judged.
import type { ClusterPersona, ClusterPersonaStatus } from '../../../src/api/personas.ts';
import type { KubeClient } from '../../../src/kube/client.ts';
import { KubeError } from '../../../src/kube/kube-error.ts';
import { pathOf, resources } from '../../../src/kube/resources.ts';
import type { Leadership } from '../../manager/leadership.ts';
import { projectClusterPersona } from '../../watched/cluster-personas.ts';

/** Who owns the fields of the status. */
export const clusterFieldManager = 'dorgu-operator-cluster';

/** Knows the status that stands in the cluster, also before the watch tells of an own write. */
export class StatusWriter {
  readonly #client: KubeClient;
  readonly #leadership: Leadership;
  /** The answer to the last write, and the version of the object that it was judged by; by name. */
  readonly #written = new Map<string, { basedOn: string | undefined; answer: ClusterPersona }>();

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
  }

  /**
   * False where the object has changed or gone meanwhile: the watch will tell.
   * @throws KubeError; NotLeading
   */
  async write(watched: ClusterPersona, status: ClusterPersonaStatus, signal: AbortSignal): Promise<boolean> {
    const { apiVersion, kind, metadata } = this.newest(watched);
    const { name, uid, resourceVersion } = metadata;
    try {
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
      if (answer !== undefined)
        this.#written.set(name, { basedOn: watched.metadata.resourceVersion, answer });
      return true;
    } catch (error) {
      if (error instanceof KubeError && [404, 409].includes(error.httpStatus ?? 0)) return false;
      throw error;
    }
  }
}
