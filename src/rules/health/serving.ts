// Whether an application is one that others call, so that it can be asked how it is.
import type { EffectiveApplicationPersonaSpec } from '../../api/personas.ts';
import type { Workload, WorkloadKind } from '../../workload/workload.ts';

const finite: ReadonlySet<WorkloadKind> = new Set(['CronJob', 'Job']);

/** Whether it runs until it is replaced, and is no worker: those have nothing to ask. */
export function isAskable({ type }: EffectiveApplicationPersonaSpec, { kind }: Workload): boolean {
  return type !== 'worker' && type !== 'cron' && !finite.has(kind);
}

/** Whether there is anything to ask: a path or port in the persona, or a port of a container. */
export function hasAddress(spec: EffectiveApplicationPersonaSpec, { pod }: Workload): boolean {
  const { livenessPath, readinessPath, port } = spec.health;
  if ([livenessPath, readinessPath, port].some((value) => value !== undefined)) return true;
  return (spec.networking.ports ?? []).length > 0 || pod.containers.some(({ ports }) => ports.length > 0);
}
