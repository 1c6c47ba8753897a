// A scripted API server with a few workloads.
import type { ScriptedApiServer } from '../faults/api-server.ts';

/** What import reads; what a server lacks is passed over. */
const collections = [
  ['/apis/apps/v1', 'statefulsets'],
  ['/apis/apps/v1', 'daemonsets'],
  ['/apis/batch/v1', 'cronjobs'],
  ['/apis/autoscaling/v2', 'horizontalpodautoscalers'],
  ['/apis/networking.k8s.io/v1', 'ingresses'],
  ['/apis/policy/v1', 'poddisruptionbudgets'],
  ['/api/v1', 'services'],
] as const;

/** Deployments of these names, and a Job `NAME-1` that each has made; nothing else. */
export function serveWorkloads(
  server: ScriptedApiServer,
  names: readonly string[],
  namespace = 'shop',
): void {
  const serve = (base: string, plural: string, objects: readonly object[]) => {
    server.collections.set(`${base}/${plural}`, objects);
    server.collections.set(`${base}/namespaces/${namespace}/${plural}`, objects);
  };
  for (const [base, plural] of collections) serve(base, plural, []);
  serve(
    '/apis/apps/v1',
    'deployments',
    names.map((name) => toDeployment(name, namespace)),
  );
  serve(
    '/apis/batch/v1',
    'jobs',
    names.map((name) => toJob(name, namespace)),
  );
}

function toDeployment(name: string, namespace: string): object {
  const labels = { app: name };
  return {
    metadata: { name, namespace, uid: name, labels },
    spec: { replicas: 1, selector: { matchLabels: labels }, template: templateOf(name) },
  };
}

function toJob(name: string, namespace: string): object {
  const owner = { apiVersion: 'batch/v1', kind: 'CronJob', name, uid: name, controller: true };
  return {
    metadata: { name: `${name}-1`, namespace, uid: `${name}-1`, ownerReferences: [owner] },
    spec: { template: templateOf(name) },
  };
}

function templateOf(name: string): object {
  return {
    metadata: { labels: { app: name } },
    spec: { containers: [{ name: 'main', image: `registry.example.com/${name}:1.0.0` }] },
  };
}
