// Reads the objects around a workload that rules look at.
import { readAutoscaler } from './autoscaler.ts';
import { readDisruptionBudget } from './disruption-budget.ts';
import { readService } from './service.ts';
import { readWorkload } from './read-workload.ts';
import type { Surroundings } from './surroundings.ts';

export { readAutoscaler } from './autoscaler.ts';
export { readDisruptionBudget } from './disruption-budget.ts';
export { readService } from './service.ts';

/** Sorts the objects of one namespace; those of other kinds are left out. Where workloads are among them, they count as all there are. */
export function readSurroundings(objects: readonly unknown[]): Surroundings {
  const workloads = readEach(objects, readWorkload).map(({ kind, name }) => ({ kind, name }));
  return {
    autoscalers: readEach(objects, readAutoscaler),
    disruptionBudgets: readEach(objects, readDisruptionBudget),
    services: readEach(objects, readService),
    ...(workloads.length === 0 ? {} : { workloads }),
  };
}

function readEach<T extends object>(
  objects: readonly unknown[],
  read: (object: unknown) => T | undefined,
): T[] {
  return objects.map(read).filter((value) => value !== undefined);
}
