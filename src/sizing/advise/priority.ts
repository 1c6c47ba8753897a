// How much a piece of advice is worth.
import type { Advice } from '../advice.ts';
import { toAmount } from './amounts.ts';
import type { SizedResource } from './amounts.ts';
import type { ContainerCase } from './container-case.ts';
import type { Judged } from './verdict.ts';

/** Over all replicas, in millicores and bytes. */
const large = { cpu: 1000, memory: 1024 ** 3 };
const middling = { cpu: 250, memory: 256 * 1024 ** 2 };

/** Share of a limit above which the next peak is likely to hit it. */
const nearLimit = 0.9;

/** High: it was killed, is near its limit of memory, or a core or a Gi is at stake over all replicas. */
export function priorityOf(one: ContainerCase, judged: Judged): Advice['priority'] {
  const { resource, setting, current, target } = judged;
  if (resource === 'memory' && one.kills.length > 0) return 'high';
  if (setting === 'limit' && isNearLimit(one, judged)) return resource === 'memory' ? 'high' : 'medium';
  if (setting === 'limit' && resource === 'cpu') return 'low';
  if (current === undefined || target.kind !== 'amount') return 'medium';
  return priorityOfAmount(resource, one.replicas, target.amount - toAmount(resource, current));
}

function priorityOfAmount(resource: SizedResource, replicas: number, more: number): Advice['priority'] {
  const total = Math.abs(more) * replicas;
  if (total >= large[resource]) return 'high';
  return total >= middling[resource] || more > 0 ? 'medium' : 'low';
}

function isNearLimit({ usage }: ContainerCase, { resource, current }: Judged): boolean {
  if (usage === undefined || current === undefined) return false;
  const peak = resource === 'cpu' ? usage.cpuPeakMillicores : usage.memoryPeakBytes;
  return peak >= nearLimit * toAmount(resource, current);
}
