// Who made which pod, remembered for a while: pods that have gone still count for the window that they ran in.
import type { PodOwner } from '../../src/prometheus/usage-source.ts';
import type { WorkloadKey } from '../../src/sizing/usage.ts';
import { sizedKinds } from '../watched/usage-presence.ts';
import { toText } from './workload-of-pod.ts';

/** Long enough for windows that are asked for late; a pod's name does not come back for another workload. */
const rememberedMs = 3_600_000;

interface Known {
  workload: WorkloadKey | undefined;
  seenMs: number;
}

/** By namespace and name of the pod. */
export class OwnerMemory {
  readonly #owners = new Map<string, Known>();
  /** One object for each workload, however many pods it has. */
  readonly #workloads = new Map<string, WorkloadKey>();

  remember(owners: readonly PodOwner[], nowMs: number): void {
    for (const { namespace, pod, kind, name } of owners)
      this.#owners.set(`${namespace}/${pod}`, {
        workload: sizedKinds.has(kind) ? this.#intern({ namespace, kind, name }) : undefined,
        seenMs: nowMs,
      });
  }

  /** `unknown` where nobody has said; undefined where it belongs to something whose use is not learnt. */
  find(namespace: string, pod: string): WorkloadKey | 'unknown' | undefined {
    const known = this.#owners.get(`${namespace}/${pod}`);
    return known === undefined ? 'unknown' : known.workload;
  }

  forgetOld(nowMs: number): void {
    for (const [pod, { seenMs }] of this.#owners) if (nowMs - seenMs > rememberedMs) this.#owners.delete(pod);
    const used = new Set([...this.#owners.values()].map(({ workload }) => workload));
    for (const [text, workload] of this.#workloads) if (!used.has(workload)) this.#workloads.delete(text);
  }

  #intern(workload: WorkloadKey): WorkloadKey {
    const text = toText(workload);
    const before = this.#workloads.get(text);
    if (before !== undefined) return before;
    this.#workloads.set(text, workload);
    return workload;
  }
}
