// Which resources a judgement looks at.
import { resources, type Resource } from '../../kube/resources.ts';

/** What runs pods and can belong to a persona. */
export const workloadResources: readonly Resource[] = [
  resources.deployments,
  resources.statefulSets,
  resources.daemonSets,
  resources.cronJobs,
  resources.jobs,
  resources.argoRollouts,
];

/** What scales it. */
export const autoscalerResources: readonly Resource[] = [
  resources.horizontalPodAutoscalers,
  resources.scaledObjects,
];

/** What scales, protects and leads to it. */
export const surroundingResources: readonly Resource[] = [
  ...autoscalerResources,
  resources.podDisruptionBudgets,
  resources.services,
];
