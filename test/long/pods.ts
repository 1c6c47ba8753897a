// Pods of the Deployments of the scale test, as a kubelet reports them, and the churn among them: there is no kubelet here.
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubeClient } from '../../src/kube/client.ts';
import { pathOf, resources } from '../../src/kube/resources.ts';
import { inParallel } from './in-parallel.ts';
import { listNamespaces, placeOf, type Place } from './large-objects.ts';

/** Requests on their way at once. */
const width = 32;

/** The pod of this number: they go round the Deployments. */
function podOf(index: number, deployments: number): { place: Place; owner: string } {
  const { namespace, name } = placeOf(index % deployments);
  return { place: { namespace, name: `${name}-5d9c7b-${index}` }, owner: name };
}

function createPod({ place, owner }: ReturnType<typeof podOf>): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...place,
      labels: { 'app.kubernetes.io/name': owner, 'pod-template-hash': '5d9c7b' },
    },
    spec: {
      // Nobody deletes what is on a node that is not there.
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      containers: [
        {
          name: owner,
          image: `registry.acme.example/${owner}:1.4.2`,
          resources: { requests: { cpu: '100m', memory: '128Mi' } },
        },
      ],
    },
  };
}

/** `isWell` false: its container crashes again and again. */
async function reportStatus(
  client: KubeClient,
  { place, owner }: ReturnType<typeof podOf>,
  isWell: boolean,
): Promise<void> {
  const state = isWell
    ? { running: { startedAt: '2026-11-23T09:00:00Z' } }
    : { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container' } };
  await client.request({
    method: 'PATCH',
    path: pathOf(resources.pods, { ...place, subresource: 'status' }),
    query: { fieldManager: 'kubelet' },
    contentType: 'application/merge-patch+json',
    body: {
      status: {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: isWell ? 'True' : 'False' }],
        containerStatuses: [
          { name: owner, image: 'x', imageID: 'x', ready: isWell, restartCount: isWell ? 0 : 7, state },
        ],
      },
    },
  });
}

/** Creates `count` pods, all of them well. */
export async function seedPods(client: KubeClient, count: number, deployments: number): Promise<void> {
  // The controller that would make them is not here, and without one no pod is taken.
  await inParallel(listNamespaces(), width, async ({ metadata: { name } }) => {
    const path = `/api/v1/namespaces/${name}/serviceaccounts`;
    await client.request({ method: 'POST', path, body: { metadata: { name: 'default' } } });
  });
  const indices = Array.from({ length: count }, (_, index) => index);
  await inParallel(indices, width, async (index) => {
    const pod = podOf(index, deployments);
    const path = pathOf(resources.pods, { namespace: pod.place.namespace });
    await client.request({ method: 'POST', path, body: createPod(pod) });
    await reportStatus(client, pod, true);
  });
}

/** What the churn came to. */
export interface ChurnFigures {
  changes: number;
  perSecond: number;
}

/** Which pods take part. */
export interface Churn {
  /** All of them. */
  pods: number;
  deployments: number;
  /** Deployments of lower numbers are left alone. */
  from: number;
  /** Of all pods, a second. */
  share: number;
}

/** Every second so many pods turn from well to ill or back, until the signal aborts. Slower where the API server is. */
export async function churnPods(
  client: KubeClient,
  { pods, deployments, from, share }: Churn,
  signal: AbortSignal,
): Promise<ChurnFigures> {
  const all = Array.from({ length: pods }, (_, index) => index).filter(
    (index) => index % deployments >= from,
  );
  const count = all.length;
  const each = Math.min(count, Math.max(1, Math.round(pods * share)));
  const startedAt = performance.now();
  let changes = 0;
  for (let second = 0; !signal.aborted; second += 1) {
    const indices = Array.from({ length: each }, (_, index) => all[(second * each + index) % count] ?? 0);
    // Round by round: first all of them fall ill, then all of them get well.
    const isWell = Math.floor((second * each) / count) % 2 === 1;
    await inParallel(indices, width, (index) => reportStatus(client, podOf(index, deployments), isWell));
    changes += each;
    const leftMs = startedAt + (second + 1) * 1000 - performance.now();
    if (leftMs > 0) await sleep(leftMs, undefined, { signal }).catch(() => undefined);
  }
  return { changes, perSecond: (changes * 1000) / (performance.now() - startedAt) };
}
