// What windows that were measured would have been under advice: who would have been killed, and how much slowed down.
import { currentOf, readAmount, toAmount } from './advise/amounts.ts';
import type { Advice, SizingSubject } from './advice.ts';
import type { UsageSample } from './usage.ts';

/** What would have happened. */
export interface ReplayResult {
  /** Windows of a container in which its memory went over its limit: a kill each. */
  oomKills: number;
  /** Windows with CPU above a CPU limit that is advised, or at one that stays, as a share of all windows with CPU; 0 where no CPU is limited. */
  throttledShare: number;
}

/** Replays the windows of one workload with the limits that it has once all of `advice` is followed. Without advice: with those that it has. */
export function replay(
  { workload }: Pick<SizingSubject, 'workload'>,
  advice: readonly Advice[],
  windows: Iterable<UsageSample>,
): ReplayResult {
  const limits = new Map(
    workload.pod.containers.map(({ name, resources }) => {
      const limitOf = (resource: 'cpu' | 'memory') => {
        const advised = advice.find(
          (one) => one.container === name && one.resource === resource && one.setting === 'limit',
        );
        const limit = advised ? readAmount(advised.recommended) : currentOf(resources, resource, 'limit');
        const amount = limit === undefined ? Infinity : toAmount(resource, limit);
        return { amount, isNew: advised !== undefined };
      };
      return [name, { cpu: limitOf('cpu'), memory: limitOf('memory') }];
    }),
  );
  let [oomKills, measured, throttled] = [0, 0, 0];
  for (const { container, cpuMillicores, memoryPeakBytes } of windows) {
    const limit = limits.get(container);
    if (limit === undefined) continue;
    if (memoryPeakBytes !== undefined && memoryPeakBytes > limit.memory.amount) oomKills += 1;
    if (cpuMillicores === undefined) continue;
    measured += 1;
    // Under a limit that was there already use cannot have been above it.
    const { amount, isNew } = limit.cpu;
    if (cpuMillicores > amount || (cpuMillicores === amount && !isNew)) throttled += 1;
  }
  return { oomKills, throttledShare: measured === 0 ? 0 : throttled / measured };
}
