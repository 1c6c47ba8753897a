// Which kind of object runs a component, and that object.
import type { Component } from '../application/component.ts';
import type { ComponentOptions } from './component-options.ts';
import type { ComponentPlan, ComponentType, VolumePlan, WorkloadName } from './component-plan.ts';
import { buildCronJob } from './cron-job.ts';
import { buildDaemonSet } from './daemon-set.ts';
import { buildDeployment } from './deployment.ts';
import type { KubernetesObject } from './generated-file.ts';
import { buildJob } from './job.ts';
import { maxLabelLength, maxShortNameLength } from './names.ts';
import { buildStatefulSet } from './stateful-set.ts';
import { ownsDisk, planVolumes } from './volumes.ts';

/** Whether it runs once and ends, and on no schedule. */
export function runsOnce({ kind }: Component, { type }: ComponentOptions): boolean {
  return (type ?? kind) === 'job';
}

/** Decides the kind. */
export function planWorkload(
  component: Component,
  settings: ComponentOptions,
  { type, volumes }: { type: ComponentType; volumes: readonly VolumePlan[] },
): WorkloadName {
  if (runsOnce(component, settings)) return 'Job';
  if (type === 'cron') return 'CronJob';
  if (type === 'daemon') return 'DaemonSet';
  return ownsDisk(volumes) ? 'StatefulSet' : 'Deployment';
}

/** Longest name that the component's objects may have: Kubernetes appends to that of a CronJob and of a StatefulSet. */
export function maxNameLength(component: Component, { type }: ComponentOptions): number {
  const isShort = (type ?? component.kind) === 'cron' || ownsDisk(planVolumes(component, ''));
  return isShort ? maxShortNameLength : maxLabelLength;
}

const builders: Readonly<Record<WorkloadName, (plan: ComponentPlan) => KubernetesObject>> = {
  Deployment: buildDeployment,
  StatefulSet: buildStatefulSet,
  DaemonSet: buildDaemonSet,
  CronJob: buildCronJob,
  Job: buildJob,
};

/** Builds the workload. */
export function buildWorkload(plan: ComponentPlan): KubernetesObject {
  return builders[plan.workload](plan);
}
