// Argo CD as far as onboarding meets it: its kind of Application, and the status that its controller writes.

/** A CustomResourceDefinition that takes any Application; as the real one, without a subresource for the status. */
export function formatApplicationCrd(): string {
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  return JSON.stringify({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'applications.argoproj.io' },
    spec: {
      group: 'argoproj.io',
      scope: 'Namespaced',
      names: {
        kind: 'Application',
        listKind: 'ApplicationList',
        plural: 'applications',
        singular: 'application',
      },
      versions: [{ name: 'v1alpha1', served: true, storage: true, schema }],
    },
  });
}

/** What Argo CD says of an application that it has synced to a commit. */
export function formatSyncedStatus(application: string, revision: string): string {
  const at = new Date().toISOString();
  const managed = (group: string, kind: string) => ({
    group,
    version: 'v1',
    kind,
    namespace: application,
    name: application,
    status: 'Synced',
  });
  return JSON.stringify({
    status: {
      sync: { status: 'Synced', revision },
      health: { status: 'Healthy', lastTransitionTime: at },
      reconciledAt: at,
      resources: [
        managed('', 'Service'),
        managed('apps', 'Deployment'),
        managed('dorgu.io', 'ApplicationPersona'),
      ],
      operationState: {
        phase: 'Succeeded',
        startedAt: at,
        finishedAt: at,
        message: 'successfully synced (all tasks run)',
        operation: { sync: { revision } },
        syncResult: { revision },
      },
    },
  });
}
