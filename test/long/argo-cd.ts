// How soon status.argoCD follows an Application of Argo CD's own kind: `DORGU_ARGO_CRD=application-crd.yaml node test/long/argo-cd.ts`.
// The file is manifests/crds/application-crd.yaml of Argo CD's repository.
import { installCrds } from '../cluster/crds.ts';
import { waitUntil } from '../cluster/wait-until.ts';
import type { KubeClient } from '../../src/kube/client.ts';
import { createApplications } from '../outages/applications.ts';
import { startStage, type Stage } from '../outages/stage.ts';
import { quantile } from './latency.ts';
import { watchPersonas, type PersonaEvents } from './persona-events.ts';

const namespace = 'argo-shop';
const applications = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications';
const sources = { single: 1, multiple: 2 } as const;
const changes = 100;
const patienceMs = 20_000;

/** As an application controller reports it after a sync of these revisions. */
function reportSync(revisions: readonly string[]): object {
  const source = { repoURL: 'https://git.example.com/shop.git', path: 'k8s', targetRevision: 'main' };
  const destination = { server: 'https://kubernetes.default.svc', namespace };
  const [revision = ''] = revisions;
  const isSingle = revisions.length === 1;
  const from = isSingle ? { source } : { sources: revisions.map(() => source) };
  const result = isSingle ? { revision } : { revision: '', revisions };
  return {
    spec: { project: 'default', destination, ...from },
    status: {
      sync: { status: 'Synced', ...result, comparedTo: { destination, ...from } },
      health: { status: 'Healthy' },
      operationState: {
        phase: 'Succeeded',
        startedAt: '2026-11-23T09:29:00Z',
        finishedAt: '2026-11-23T09:30:00Z',
        operation: {},
        syncResult: { ...result, ...from },
      },
    },
  };
}

const nameRevisions = (change: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => (change * 10 + index).toString(16).padStart(40, 'a'));

async function follow(
  client: KubeClient,
  events: PersonaEvents,
  { name, count, change }: { name: string; count: number; change: number },
): Promise<number> {
  const revisions = nameRevisions(change, count);
  const isSeen = ({ status }: { status?: { argoCD?: { revision?: string } } }) =>
    status?.argoCD?.revision === revisions.join(',');
  const seen = events.awaitChange({ namespace, name }, isSeen, patienceMs);
  const sentAt = performance.now();
  const resources = [{ group: 'apps', version: 'v1', kind: 'Deployment', namespace, name }];
  const object = reportSync(revisions) as { status: object };
  await client.request({
    method: 'PATCH',
    path: `${applications}/${name}`,
    query: { fieldManager: 'argocd-controller', force: true },
    contentType: 'application/apply-patch+yaml',
    body: {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name, namespace: 'argocd' },
      ...object,
      status: { ...object.status, resources },
    },
  });
  return (await seen) - sentAt;
}

async function measure(stage: Stage, crd: string): Promise<string[]> {
  const { kubectl, client } = stage;
  await installCrds(stage.plane.kubectl);
  await kubectl(['apply', '--server-side', '-f', crd]);
  const isServed = () =>
    kubectl(['get', '--raw', applications]).then(
      () => true,
      () => undefined,
    );
  await waitUntil('Applications to be served', isServed, { timeoutMs: 30_000 });
  await kubectl(['create', 'namespace', 'argocd']);
  const shop = await createApplications(stage, namespace);
  for (const name of Object.keys(sources)) {
    await shop.createPersona(name);
    await shop.createDeployment(name, 2);
  }
  const operator = await stage.startOperator(await stage.issueAccount('argo'), ['--leader-elect']);
  await operator.untilReady(true, 30_000);
  const events = watchPersonas(client);
  const lines: string[] = [];
  for (const [name, count] of Object.entries(sources)) {
    // The first one creates it.
    await follow(client, events, { name, count, change: 0 });
    const tookMs: number[] = [];
    for (let change = 1; change <= changes; change += 1)
      tookMs.push(await follow(client, events, { name, count, change }));
    const [p50, p99, max] = [0.5, 0.99, 1].map((share) => `${quantile(tookMs, share).toFixed(0)} ms`);
    lines.push(
      `${name} ${count === 1 ? 'source' : 'sources'}: ${changes} changes, from sending p50 ${p50}, p99 ${p99}, max ${max}`,
    );
  }
  await events.stop();
  return lines;
}

const crd = process.env['DORGU_ARGO_CRD'];
if (crd === undefined) throw new Error('expected the file of Argo CD’s Application CRD in DORGU_ARGO_CRD');
const stage = await startStage();
if (stage === undefined) throw new Error('there is no control plane on this machine: see docs/cluster.md');
try {
  process.stdout.write(`${(await measure(stage, crd)).join('\n')}\n`);
} finally {
  await stage.stop();
}
