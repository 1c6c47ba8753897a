// What the scenarios apply: a persona that asks for little, and a Deployment that meets it.

/** A persona without demands on security, so that a plain Deployment passes. */
export function createPersona(name: string, spec: object = {}): object {
  return {
    apiVersion: 'dorgu.io/v1',
    kind: 'ApplicationPersona',
    metadata: { name },
    spec: {
      name,
      type: 'worker',
      tier: 'best-effort',
      health: { startupGracePeriod: '3s' },
      policies: {
        security: { runAsNonRoot: false, readOnlyRootFilesystem: false, allowPrivilegeEscalation: true },
      },
      ...spec,
    },
  };
}

/** A Deployment whose pods nodes run; with `scheduler` nobody does, and the test says how they fare. */
export function createDeployment(
  name: string,
  { replicas = 1, tag = '1', app = name, scheduler = 'default-scheduler' } = {},
): object {
  const labels = { app };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: {
      replicas,
      selector: { matchLabels: { run: name } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: {
        metadata: { labels: { run: name } },
        spec: {
          schedulerName: scheduler,
          terminationGracePeriodSeconds: 0,
          containers: [
            {
              name,
              image: `registry.example.com/${name}:${tag}`,
              resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { memory: '32Mi' } },
            },
          ],
        },
      },
    },
  };
}
