// Reads a namespace, or all, and narrows it down to the workloads that `recommend` is asked about.
import type { KubeClient } from '../../kube/client.ts';
import { listPages } from '../../kube/list.ts';
import { resources } from '../../kube/resources.ts';
import { gatherNamespaces } from '../gather/gather-namespaces.ts';
import type { NamespaceView } from '../gather/namespace-view.ts';
import type { Unseen } from '../gather/part.ts';
import { findSelected } from '../import/selection.ts';
import {
  chooseByName,
  listSizedWorkloads,
  type ChosenWorkload,
  type WantedName,
} from './choose-workloads.ts';

/** What is asked about. */
export interface Selection {
  /** All of them where it is left out. */
  namespace: string | undefined;
  name: WantedName | undefined;
  /** Labels of workloads. */
  labelSelector: string | undefined;
  signal: AbortSignal;
}

/** What was found. */
export interface Selected {
  views: readonly NamespaceView[];
  chosen: readonly ChosenWorkload[];
  unseen: readonly Unseen[];
}

/** @throws KubeError where nothing can be read; DorguError NotFound for a name, BadFlagValue (usage) for a selector */
export async function selectWorkloads(
  client: KubeClient,
  { namespace, name, labelSelector, signal }: Selection,
): Promise<Selected> {
  const [byName, uids] = await Promise.all([
    gatherNamespaces(client, { namespace, signal }),
    labelSelector === undefined ? undefined : findSelected(client, labelSelector, { namespace, signal }),
  ]);
  const views = [...byName.values()];
  const all = listSizedWorkloads(views);
  const unseen = views[0]?.unseen ?? [];
  const named =
    name === undefined ? all : await chooseNamed(client, { all, name, views, unseen }, { namespace, signal });
  const chosen =
    uids === undefined ? named : named.filter(({ workload: { uid } }) => uid !== undefined && uids.has(uid));
  return { views, chosen, unseen };
}

/** What a name may be of. */
const nameable = [
  resources.applicationPersonas,
  resources.deployments,
  resources.statefulSets,
  resources.daemonSets,
];

/** Who was not let see has not found that there is none: then the server says why. @throws KubeError; DorguError NotFound */
async function chooseNamed(
  client: KubeClient,
  {
    all,
    name,
    views,
    unseen,
  }: { all: readonly ChosenWorkload[]; name: WantedName } & Omit<Selected, 'chosen'>,
  { namespace, signal }: Pick<Selection, 'namespace' | 'signal'>,
): Promise<ChosenWorkload[]> {
  try {
    return chooseByName(all, name, views);
  } catch (notFound) {
    const hidden = nameable.find(({ plural }) => unseen.some(({ resource }) => resource === plural));
    if (hidden !== undefined) await listPages(client, hidden, { namespace, signal, limit: 1 }).next();
    throw notFound;
  }
}
