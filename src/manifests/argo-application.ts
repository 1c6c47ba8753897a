// The Argo CD Application that syncs the output folder; it lies beside that folder, never inside.
import type { KubernetesObject } from './generated-file.ts';
import { applicationLabels } from './labels.ts';
import type { ApplicationPlan } from './plan-application.ts';

/** Builds the Application. */
export function buildArgoApplication({ name, namespace, options }: ApplicationPlan): KubernetesObject {
  const { argocd, git, outputDir, format } = options;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: argocd.namespace, labels: applicationLabels(name) },
    spec: {
      project: argocd.project,
      source: {
        repoURL: git.remote.value,
        targetRevision: git.branch.value,
        path: joinPath(git.pathInRepository, outputDir),
        ...(format === 'plain' ? { directory: { recurse: true } } : {}),
      },
      destination: { server: argocd.server, namespace },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: ['CreateNamespace=true', 'ServerSideApply=true'],
        retry: { limit: 5, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
      },
    },
  };
}

/** Joins paths below the repository's root; `.` is the root itself. */
export function joinPath(...parts: string[]): string {
  const joined = parts
    .flatMap((part) => part.split('/'))
    .filter((part) => part !== '' && part !== '.')
    .join('/');
  return joined === '' ? '.' : joined;
}
