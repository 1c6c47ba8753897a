// Which containers of a pod were killed for their memory, as the pod's status tells of them.
import { fieldAt, listOf, textOf } from '../api/foreign-fields.ts';
import { parseQuantity, toWholeUnits } from '../quantity/index.ts';
import type { OutOfMemoryKill } from './advice.ts';

/** No honest pod has more containers. */
const mostContainers = 200;

/** Kills of a pod of the API, the latest of each container and the one before it. Never throws. */
export function readMemoryKills(pod: unknown): OutOfMemoryKill[] {
  const limits = readLimits(pod);
  return listOf(fieldAt(pod, 'status', 'containerStatuses'))
    .slice(0, mostContainers)
    .flatMap((status) =>
      ['state', 'lastState'].flatMap((field) => {
        const ended = fieldAt(status, field, 'terminated');
        const atMs = Date.parse(textOf(fieldAt(ended, 'finishedAt')));
        const container = textOf(fieldAt(status, 'name'));
        const isKill = fieldAt(ended, 'reason') === 'OOMKilled' && !Number.isNaN(atMs) && container !== '';
        return isKill ? [{ container, atMs, limitBytes: limits.get(container) }] : [];
      }),
    );
}

function readLimits(pod: unknown): Map<string, number> {
  const containers = listOf(fieldAt(pod, 'spec', 'containers')).slice(0, mostContainers);
  return new Map(
    containers.flatMap((container) => {
      const parsed = parseQuantity(fieldAt(container, 'resources', 'limits', 'memory'));
      if (!parsed.ok) return [];
      return [[textOf(fieldAt(container, 'name')), Number(toWholeUnits(parsed.quantity))] as const];
    }),
  );
}
