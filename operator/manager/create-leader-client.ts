// A client whose writes need the lead: checked right before each, cut off when it ends.
import type { KubeClient, KubeRequest, KubeResponse } from '../../src/kube/client.ts';
import { NotLeading, type Leadership } from './leadership.ts';

/**
 * Reads through `reads`; writes through `writes`, which rejects with NotLeading while another leads. Give it a client that sends writes once: between the
 * check and the sending there is then no wait in which the lead could be lost.
 */
export function createLeaderClient(
  { reads, writes }: { reads: KubeClient; writes: KubeClient },
  leadership: Leadership,
): KubeClient {
  const write = async <T>(request: KubeRequest): Promise<KubeResponse<T>> => {
    const leading = leadership.requireLeading();
    const signal = request.signal === undefined ? leading : AbortSignal.any([leading, request.signal]);
    try {
      return await writes.request<T>({ ...request, signal });
    } catch (error) {
      if (leading.aborted) throw new NotLeading('the lead was lost while a write was on its way');
      throw error;
    }
  };
  return {
    ...reads,
    request: <T>(request: KubeRequest) =>
      request.method === 'GET' ? reads.request<T>(request) : write<T>(request),
  };
}
