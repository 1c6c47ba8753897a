// Asks a Prometheus from here what workloads have used, persona or not, operator or not, and advises on that.
import type { KubeClient } from '../../kube/client.ts';
import { listPages } from '../../kube/list.ts';
import { resources } from '../../kube/resources.ts';
import type { PrometheusUsage, UsageScope } from '../../prometheus/usage-source.ts';
import { sampleWindowMs } from '../../sizing/usage.ts';
import { readPart, type Part } from '../gather/part.ts';
import { adviseOnWorkload, collectKills, type AdviseContext } from './advise-on-workload.ts';
import { createOwnerLookup } from './find-pod-owners.ts';
import { sortAdvised } from './order-advice.ts';
import type { RecommendReport } from './recommended.ts';
import { recordHistory } from './record-history.ts';
import { selectWorkloads, type Selection } from './select-workloads.ts';

/** What is asked about, and how far back. */
export interface MeasureOptions extends Selection {
  spanMs: number;
  now: Date;
  /** Told of what takes long, in words. */
  onProgress: (text: string) => void;
}

/** A window is complete in Prometheus only some time after its end: scrapes come at their own pace. */
const lagMs = 60_000;

/** @throws as {@link selectWorkloads} does; KubeError Forbidden where nothing may be listed; PrometheusError */
export async function measureWorkloads(
  client: KubeClient,
  prometheus: PrometheusUsage,
  options: MeasureOptions,
): Promise<RecommendReport> {
  const { namespace, signal, now, spanMs, onProgress } = options;
  onProgress(`asking ${client.server} for workloads`);
  const selected = await selectWorkloads(client, options);
  const { chosen } = selected;
  const empty = { origin: 'prometheus', count: chosen.length, withoutPersona: 0 } as const;
  if (chosen.length === 0) await assertSeen(client, options);
  if (chosen.length === 0) return { ...empty, workloads: [], silences: [], unseen: selected.unseen };
  const scope: UsageScope = { namespace };
  const toMs = Math.floor((now.getTime() - lagMs) / sampleWindowMs) * sampleWindowMs;
  const span = { fromMs: toMs - spanMs + sampleWindowMs, toMs };
  onProgress('asking Prometheus whose pods there were');
  const [told, pods] = await Promise.all([
    prometheus.owners(span, scope),
    readPart(client, resources.pods, { namespace, signal }),
  ]);
  const sets = await readReplicaSets(client, options, told.length === 0);
  const findOwner = createOwnerLookup({ told, pods: pods.objects, replicaSets: sets.objects });
  const recorded = await recordHistory(prometheus.history(span, scope), {
    ...{ findOwner, span, signal, onProgress },
    workloads: chosen.map(({ workload, view }) => ({
      kind: workload.kind,
      name: workload.name,
      namespace: view.namespace,
    })),
  });
  const context: AdviseContext = {
    ...recorded,
    kills: collectKills(pods.objects, findOwner, now.getTime()),
    nowMs: now.getTime(),
  };
  const answers = chosen.map((one) => adviseOnWorkload(one, context));
  return {
    ...empty,
    workloads: sortAdvised(answers.flatMap((answer) => ('advice' in answer ? answer : []))),
    silences: answers.flatMap((answer) => ('advice' in answer ? [] : answer)),
    unseen: [...selected.unseen, ...[pods, sets].flatMap(({ unseen }) => unseen ?? [])],
  };
}

/** Who may list no Deployments has not found that there are none. @throws KubeError Forbidden */
async function assertSeen(client: KubeClient, { namespace, signal }: Selection): Promise<void> {
  await listPages(client, resources.deployments, { namespace, signal, limit: 1 }).next();
}

/** Where kube-state-metrics tells nothing, they say whose the pods were that are gone. */
async function readReplicaSets(
  client: KubeClient,
  { namespace, signal }: Selection,
  isNeeded: boolean,
): Promise<Part> {
  if (!isNeeded) return { objects: [], unseen: undefined, isCut: false };
  return readPart(client, resources.replicaSets, { namespace, signal });
}
