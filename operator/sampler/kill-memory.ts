// Which containers were killed for their memory, remembered longer than their pods stay: eight days, like use.
import { fieldsOf, listOf, textOf } from '../../src/api/foreign-fields.ts';
import type { OutOfMemoryKill } from '../../src/sizing/advice.ts';
import type { WorkloadKey } from '../../src/sizing/usage.ts';
import { keptMs } from './coverage.ts';
import { toText } from './workload-of-pod.ts';

/** The newest of a workload: more of them say nothing new. */
const mostOfWorkload = 20;
const mostWorkloads = 5000;

/** By workload. */
export class KillMemory {
  readonly #kills = new Map<string, OutOfMemoryKill[]>();

  /** True where any of them is new. */
  add(workload: WorkloadKey, kills: readonly OutOfMemoryKill[]): boolean {
    const text = toText(workload);
    const known = this.#kills.get(text) ?? [];
    const isNew = ({ container, atMs }: OutOfMemoryKill) =>
      !known.some((one) => one.container === container && one.atMs === atMs);
    const added = kills.filter(isNew);
    if (added.length === 0 || (known.length === 0 && this.#kills.size >= mostWorkloads)) return false;
    const all = [...known, ...added].sort((left, right) => right.atMs - left.atMs);
    this.#kills.set(text, all.slice(0, mostOfWorkload));
    return true;
  }

  of(workload: WorkloadKey, nowMs: number): OutOfMemoryKill[] {
    return (this.#kills.get(toText(workload)) ?? []).filter(({ atMs }) => nowMs - atMs < keptMs);
  }

  forgetOld(nowMs: number): void {
    for (const [text, kills] of this.#kills) {
      const kept = kills.filter(({ atMs }) => nowMs - atMs < keptMs);
      if (kept.length === 0) this.#kills.delete(text);
      else if (kept.length < kills.length) this.#kills.set(text, kept);
    }
  }

  /** For a checkpoint. */
  toJson(): string {
    return JSON.stringify([...this.#kills]);
  }

  /** Adds what {@link toJson} gave; what is something else is left out. @throws SyntaxError */
  addJson(text: string): void {
    for (const entry of listOf(JSON.parse(text)).slice(0, mostWorkloads)) {
      const [kind, namespace, name] = textOf(listOf(entry)[0]).split('/');
      if (kind === undefined || namespace === undefined || name === undefined) continue;
      this.add({ kind, namespace, name }, listOf(listOf(entry)[1]).flatMap(readKill));
    }
  }
}

function readKill(value: unknown): OutOfMemoryKill[] {
  const { container, atMs, limitBytes } = fieldsOf(value);
  if (typeof container !== 'string' || typeof atMs !== 'number') return [];
  return [{ container, atMs, limitBytes: typeof limitBytes === 'number' ? limitBytes : undefined }];
}
