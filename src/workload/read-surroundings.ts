// Reads the objects around a workload that rules look at.
import { readAutoscaler } from './autoscaler.ts';
import { readDisruptionBudget } from './disruption-budget.ts';
import { readService } from './service.ts';
import type { Surroundings } from './surroundings.ts';

export { readAutoscaler } from './autoscaler.ts';
export { readDisruptionBudget } from './disruption-budget.ts';
export { readService } from './service.ts';

/** Sorts the objects of one namespace; those of other kinds are left out. */
export function readSurroundings(objects: readonly unknown[]): Surroundings {
  return {
    autoscalers: readEach(objects, readAutoscaler),
    disruptionBudgets: readEach(objects, readDisruptionBudget),
    services: readEach(objects, readService),
  };
}

function readEach<T extends object>(
  objects: readonly unknown[],
  read: (object: unknown) => T | undefined,
): T[] {
  return objects.map(read).filter((value) => value !== undefined);
}
