// What the controller of personas may do, and why.
import { resources, type Resource } from '../../../src/kube/resources.ts';
import type { Permission } from '../../manager/permission.ts';

const watch = ({ group, plural }: Resource, why: string): Permission => ({
  group,
  resource: plural,
  verbs: ['list', 'watch'],
  why,
});

/** Reads what runs and what is around it; writes the status of personas and nothing else. */
export const permissions: readonly Permission[] = [
  watch(resources.applicationPersonas, 'reads what applications are meant to be'),
  {
    group: resources.applicationPersonas.group,
    resource: `${resources.applicationPersonas.plural}/status`,
    verbs: ['patch'],
    why: 'writes what it sees of them',
  },
  watch(resources.clusterPersonas, 'reads what the cluster asks of applications'),
  ...[
    resources.deployments,
    resources.statefulSets,
    resources.daemonSets,
    resources.cronJobs,
    resources.jobs,
    resources.argoRollouts,
  ].map((resource) => watch(resource, 'judges what runs')),
  watch(resources.horizontalPodAutoscalers, 'judges what scales it'),
  watch(resources.scaledObjects, 'judges what scales it'),
  watch(resources.podDisruptionBudgets, 'judges what protects it'),
  watch(resources.services, 'judges what leads to it'),
  watch(resources.pods, 'says why pods fail'),
  watch(resources.namespaces, "reads their labels: a cluster's rules may hold for some of them only"),
];
