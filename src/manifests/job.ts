// The Job of a component that runs once for each version: a migration, a seed.
import type { ComponentPlan } from './component-plan.ts';
import type { KubernetesObject } from './generated-file.ts';
import { objectMetadata } from './object-metadata.ts';
import { buildPodTemplate } from './pod-template.ts';

/** A Job's template cannot be changed: Argo CD makes a new one instead. One that is gone would be run again, so it is never tidied away. */
const syncAnnotations = { 'argocd.argoproj.io/sync-options': 'Force=true,Replace=true' };

/** Builds the Job. */
export function buildJob(plan: ComponentPlan): KubernetesObject {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: objectMetadata(plan, { annotations: syncAnnotations }),
    // It may have to wait until its database is there: six attempts take about ten minutes.
    spec: { backoffLimit: 6, template: buildPodTemplate(plan, 'OnFailure') },
  };
}
