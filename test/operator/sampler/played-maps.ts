// ConfigMaps in memory, as a checkpoint meets them.
import type { KubeClient, KubeRequest } from '../../../src/kube/client.ts';
import { noClient } from '../manager/caches/fake-reflector.ts';
import { createFault } from '../memory-cluster.ts';

/** A ConfigMap as it is applied. */
export interface PlayedMap {
  metadata: { name: string };
  data: Record<string, string>;
  binaryData: { learned: string };
}

/** By name, with what was written. */
export class PlayedMaps {
  readonly maps = new Map<string, PlayedMap>();
  /** Names, in the order of their writes; the test empties it. */
  readonly written: string[] = [];
  /** The write of this many fails, and each after it. */
  writesLeft = Infinity;

  readonly client: KubeClient = {
    ...noClient,
    request: (request) => this.#answer(request) as Promise<never>,
  };

  #answer(request: KubeRequest): Promise<unknown> {
    const name = request.path.slice(request.path.lastIndexOf('/') + 1);
    if (request.method === 'PATCH') {
      if (this.writesLeft <= 0) return Promise.reject(createFault(500, 'NotFound'));
      this.writesLeft -= 1;
      this.written.push(name);
      this.maps.set(name, request.body as PlayedMap);
    }
    const body = this.maps.get(name);
    if (body === undefined) return Promise.reject(createFault(404, 'NotFound'));
    return Promise.resolve({ status: 200, warnings: [], body });
  }

  /** Zipped, of all that are there. */
  countBytes(names: Iterable<string>): number {
    let bytes = 0;
    for (const name of names)
      bytes += Buffer.from(this.maps.get(name)?.binaryData.learned ?? '', 'base64').length;
    return bytes;
  }
}
