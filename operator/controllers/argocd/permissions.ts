// What the watcher of Argo CD may do, and why.
import { resources, type Resource } from '../../../src/kube/resources.ts';
import type { Permission } from '../../manager/permission.ts';

const watch = ({ group, plural }: Resource, why: string): Permission => ({
  group,
  resource: plural,
  verbs: ['list', 'watch'],
  why,
});

/** Reads Applications and what they deploy; writes the status of personas and nothing else. */
export const permissions: readonly Permission[] = [
  watch(resources.argoApplications, 'mirrors what Argo CD says of an application'),
  watch(resources.applicationPersonas, 'reads what applications are meant to be'),
  {
    group: resources.applicationPersonas.group,
    resource: `${resources.applicationPersonas.plural}/status`,
    verbs: ['patch'],
    why: 'writes what it sees of them',
  },
  ...[
    resources.deployments,
    resources.statefulSets,
    resources.daemonSets,
    resources.cronJobs,
    resources.jobs,
    resources.argoRollouts,
  ].map((resource) => watch(resource, 'judges what runs')),
];
