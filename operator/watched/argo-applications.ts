// The cache of Argo CD's Applications, and what it keeps of them; empty while Argo CD is not installed.
import { resources } from '../../src/kube/resources.ts';
import { readArgoApplication, type ArgoApplication } from '../../src/status/argocd/application.ts';
import type { CacheOptions } from '../manager/cache.ts';
import { pack, unpack, within, type Watched } from './watched.ts';

/** An Application; `text` is what is read of it. */
export interface WatchedApplication extends Watched {
  destination: string;
  /** `namespace/Kind/name` of its workloads. */
  workloads: readonly string[];
}

/** The Application as it was read. */
export function openApplication(watched: WatchedApplication): ArgoApplication {
  return unpack(watched) as ArgoApplication;
}

/** Indices: by a workload that it manages, by its name, by its name in its destination namespace. */
export const applicationIndices = { workload: 'workload', name: 'name' } as const;

/** Of all namespaces: Argo CD may be told to look everywhere. */
export const watchedApplications: CacheOptions<WatchedApplication> = {
  resource: resources.argoApplications,
  isOptional: true,
  project: (object) => {
    const application = readArgoApplication(object);
    return {
      ...pack(object, application),
      destination: application.destination.namespace,
      workloads: application.workloads,
    };
  },
  indices: {
    [applicationIndices.workload]: ({ workloads }) => workloads,
    // Also as the annotation says it of one that is not in Argo CD's own namespace.
    [applicationIndices.name]: ({ namespace, name, destination }) => [
      name,
      `${namespace}_${name}`,
      within(destination, name),
    ],
  },
};
