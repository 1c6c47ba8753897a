// Reads a cluster and foretells what enforcing would do to it; needs no operator and writes nothing.
import type { ApplicationPersona, ClusterPersona } from '../../api/personas.ts';
import type { KubeClient } from '../../kube/client.ts';
import { listPages } from '../../kube/list.ts';
import { getObject } from '../../kube/read.ts';
import { resources } from '../../kube/resources.ts';
import { findOwners } from '../../workload/belongs-to.ts';
import type { Workload } from '../../workload/workload.ts';
import { explainMissingPersona } from '../gather/explain-missing-persona.ts';
import { gatherNamespaces } from '../gather/gather-namespaces.ts';
import type { NamespaceView } from '../gather/namespace-view.ts';
import type { Unseen } from '../gather/part.ts';
import { findSelected } from '../import/selection.ts';
import { assessNamespace } from './assess-namespace.ts';
import type { WorkloadImpact } from './foretold.ts';
import { listExceptions, type ExceptionImpact } from './list-exceptions.ts';
import type { Supposition } from './supposition.ts';

/** What is asked. */
export interface ImpactOptions extends Supposition {
  /** All of them where it is left out. */
  namespace?: string | undefined;
  /** Only workloads of this persona. */
  name?: string | undefined;
  /** Only workloads with these labels. */
  labelSelector?: string | undefined;
  now: Date;
  signal?: AbortSignal | undefined;
}

/** What came of it. */
export interface ImpactReport {
  /** By namespace, kind and name. */
  workloads: readonly WorkloadImpact[];
  /** Name of the one that counts. */
  clusterPersona: string | undefined;
  exceptions: readonly ExceptionImpact[];
  /** Namespaces that the webhook is kept away from, with their workloads. */
  unasked: readonly { namespace: string; count: number }[];
  unseen: readonly Unseen[];
}

/** @throws KubeError; DorguError NotFound for a name, Preflight where the cluster lacks our CRDs, BadFlagValue (usage) for a selector */
export async function foretellImpact(client: KubeClient, options: ImpactOptions): Promise<ImpactReport> {
  const { namespace, labelSelector, signal } = options;
  const [views, selected] = await Promise.all([
    gatherNamespaces(client, { namespace, signal }),
    labelSelector === undefined ? undefined : findSelected(client, labelSelector, { namespace, signal }),
  ]);
  const all = [...views.values()];
  await assertReadable(client, all, options);
  const isWanted = await createFilter(client, all, options);
  return toReport(
    all,
    (view, workload) => isWanted(view, workload) && isSelected(workload, selected),
    options,
  );
}

function isSelected({ uid }: Workload, selected: ReadonlySet<string> | undefined): boolean {
  return selected === undefined || (uid !== undefined && selected.has(uid));
}

/** Where no persona was seen, the server is asked once more and by itself, so that it says why: no right, or no such kind. */
async function assertReadable(
  client: KubeClient,
  views: readonly NamespaceView[],
  { namespace, signal }: ImpactOptions,
): Promise<void> {
  if (views.some(({ personas }) => personas.length > 0)) return;
  await listPages(client, resources.applicationPersonas, { namespace, limit: 1, signal }).next();
}

type Filter = (view: NamespaceView, workload: Workload) => boolean;

async function createFilter(
  client: KubeClient,
  views: readonly NamespaceView[],
  { namespace = client.namespace, name, signal }: ImpactOptions,
): Promise<Filter> {
  if (name === undefined) return () => true;
  const isNamed = ({ metadata }: ApplicationPersona) => metadata.name === name;
  const others = views.flatMap(({ personas }) => personas);
  if (!others.some(isNamed)) {
    const key = { namespace, name, signal };
    await getObject(client, resources.applicationPersonas, key, key).catch(async (error: unknown) => {
      throw await explainMissingPersona(error, client, key, others);
    });
  }
  return ({ personas, workloads }, workload) =>
    findOwners(workload, personas.filter(isNamed), workloads).length > 0;
}

/** Pure. */
export function toReport(
  views: readonly NamespaceView[],
  isMeant: Filter,
  { mode, rules, now }: Supposition & { now: Date },
): ImpactReport {
  const clusterPersona: ClusterPersona | undefined = views[0]?.clusterPersona;
  const impacts = views.map((view) => ({
    ...assessNamespace(view, {
      isMeant: (workload) => isMeant(view, workload),
      supposition: { mode, rules },
      now,
    }),
    namespace: view.namespace,
  }));
  const workloads = impacts.flatMap((impact) => impact.workloads);
  return {
    workloads,
    clusterPersona: clusterPersona?.metadata.name,
    exceptions: listExceptions(clusterPersona, workloads, now),
    unasked: impacts.flatMap(({ namespace, unaskedCount: count }) =>
      count === 0 ? [] : [{ namespace, count }],
    ),
    unseen: views[0]?.unseen ?? [],
  };
}
