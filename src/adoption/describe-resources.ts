// What the main container asks for and is held to, as written.
import type { ResourceAmounts, Resources } from '../api/personas.ts';
import { keepKnown } from './described.ts';
import type { Container } from '../workload/workload.ts';

/** Requests and limits of CPU and memory; undefined where there is none of either. */
export function describeResources(container: Container): Resources | undefined {
  const requests = readAmounts(container.resources.requests);
  const limits = readAmounts(container.resources.limits);
  const resources = keepKnown({ requests, limits });
  return Object.keys(resources).length === 0 ? undefined : resources;
}

function readAmounts(amounts: ReadonlyMap<string, unknown>): ResourceAmounts | undefined {
  const cpu = amounts.get('cpu');
  const memory = amounts.get('memory');
  const found = keepKnown({
    cpu: isAmount(cpu) ? cpu : undefined,
    memory: isAmount(memory) ? memory : undefined,
  });
  return Object.keys(found).length === 0 ? undefined : found;
}

function isAmount(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}
