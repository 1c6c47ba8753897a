// Random specs of personas that the API server takes.
import fc from 'fast-check';
import { some } from './some.ts';

const resources = some({
  requests: some({ cpu: fc.constantFrom('100m', '0.1'), memory: fc.constantFrom('64Mi', '128Mi') }),
  limits: some({ cpu: fc.constantFrom('500m', '1'), memory: fc.constantFrom('256Mi', '1Gi') }),
});
const scaling = some({
  minReplicas: fc.constantFrom(0, 1, 2),
  maxReplicas: fc.constantFrom(2, 4),
  targetCPU: fc.constantFrom(50, 70),
});
const health = some({
  livenessPath: fc.constantFrom('/healthz', '/live'),
  readinessPath: fc.constantFrom('/ready', ''),
  port: fc.constantFrom(8080, 9090),
  startupGracePeriod: fc.constantFrom('10s', '2m'),
});
const policies = some({
  security: some({
    runAsNonRoot: fc.boolean(),
    readOnlyRootFilesystem: fc.boolean(),
    allowPrivilegeEscalation: fc.boolean(),
  }),
  deployment: some({
    strategy: fc.constantFrom('RollingUpdate', 'Recreate', 'Canary'),
    maxSurge: fc.constantFrom<unknown>('25%', 1),
    maxUnavailable: fc.constantFrom<unknown>('10%', 0, 1),
  }),
});

/** A spec for one of these applications. */
export function personaSpec(name: fc.Arbitrary<string>): fc.Arbitrary<object> {
  return fc.record(
    {
      name,
      type: fc.constantFrom('api', 'web', 'worker', 'cron', 'daemon'),
      tier: fc.constantFrom('critical', 'standard', 'best-effort'),
      resources,
      scaling,
      health,
      networking: some({ ports: fc.constantFrom([{ port: 8080 }], [{ port: 53, protocol: 'UDP' }]) }),
      ownership: some({ team: fc.constantFrom('red', 'blue') }),
      policies,
      sizing: some({ mode: fc.constantFrom('advise', 'advise', 'advise', 'off') }),
    },
    { requiredKeys: ['name', 'type'] },
  );
}

const advised = fc.record(
  {
    workload: fc.tuple(fc.constantFrom('Deployment', 'StatefulSet', 'CronJob'), fc.constantFrom('shop', 'till', 'cart')).map((parts) => parts.join('/')),
    container: fc.constantFrom('shop', 'proxy', 'till'),
    resource: fc.constantFrom('cpu', 'memory'),
    setting: fc.constantFrom('request', 'limit'),
    recommended: fc.constantFrom('75m', '90m', '0.5', '1', '96Mi', '250Mi', '4Gi'),
    p95: fc.constantFrom('80m', '600m', '70Mi', '1Gi'),
  },
  { requiredKeys: ['workload', 'container', 'resource', 'setting'] },
); // prettier-ignore

/** What the operator has written: its advice, and much that nothing is judged by. */
export const personaStatus: fc.Arbitrary<object> = some({
  phase: fc.constantFrom('Active', 'Degraded'),
  recommendations: fc.array(advised, { minLength: 1, maxLength: 8 }).map((all) =>
    all.map((one, index) => ({
      id: `a${index}`,
      type: 'resource',
      priority: 'high',
      message: 'x',
      ...one,
    })),
  ),
});
