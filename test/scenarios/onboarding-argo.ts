// Argo CD as far as onboarding meets it: its kind of Application, and the status that its controller writes.

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
