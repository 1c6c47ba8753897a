// A server of one Lease in memory, with resourceVersions as a real one, and clients that can be cut off from it.
import type { KubeClient, KubeRequest, KubeResponse } from '../../../src/kube/client.ts';
import { KubeError } from '../../../src/kube/kube-error.ts';
import { noClient } from './caches/fake-reflector.ts';
import type { FakeClock } from './fake-clock.ts';

interface LeaseBody {
  metadata: { resourceVersion?: string };
  spec?: { holderIdentity?: string; leaseTransitions?: number } & Record<string, unknown>;
}

/** What a client meets: nothing, an error before or after the server has done the work, or slowness. */
export type Weather = 'fine' | 'refused' | 'answerLost';

/** One Lease. */
export class LeaseServer {
  lease: LeaseBody | undefined;
  readonly writes: string[] = [];
  #version = 0;
  readonly #clock: FakeClock;

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  /** A client; `weather` is asked at each request, `delayMs` passes on the way there and on the way back. */
  connect(weather: () => Weather = () => 'fine', delayMs = 1): KubeClient {
    return {
      ...noClient,
      request: async <T>(request: KubeRequest): Promise<KubeResponse<T>> => {
        const now = weather();
        await this.#clock.sleep(delayMs);
        if (now === 'refused') throw new KubeError('Unreachable', 'connection refused', {});
        const body = structuredClone(this.#answer(request));
        await this.#clock.sleep(delayMs);
        if (now === 'answerLost') throw new KubeError('Timeout', 'no answer came', {});
        return { status: 200, warnings: [], body: body as T };
      },
    };
  }

  #answer({ method, body }: KubeRequest): LeaseBody {
    if (method === 'GET') {
      if (this.lease === undefined) throw new KubeError('NotFound', 'no lease', { httpStatus: 404 });
      return this.lease;
    }
    if (method === 'PATCH')
      return (this.lease ??= { metadata: { resourceVersion: String(++this.#version) } });
    const put = structuredClone(body) as LeaseBody;
    if (put.metadata.resourceVersion !== this.lease?.metadata.resourceVersion)
      throw new KubeError('Conflict', 'the object has been modified', { httpStatus: 409 });
    put.metadata.resourceVersion = String(++this.#version);
    this.writes.push(put.spec?.holderIdentity ?? '');
    return (this.lease = put);
  }

  /** As an administrator with kubectl edit would. */
  steal(holder: string): void {
    this.lease = { metadata: { resourceVersion: String(++this.#version) }, spec: { holderIdentity: holder } };
  }
}
