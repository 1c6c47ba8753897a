// Reads what runs in a cluster for the add-ons in it; of people's own workloads only their namespaces are kept.
import { fieldAt, textOf } from '../api/foreign-fields.ts';
import type { KubeClient } from '../kube/client.ts';
import { resources } from '../kube/resources.ts';
import { readAddonWorkload, type AddonWorkload } from '../status/cluster/find-addons.ts';
import { foldList } from './discover-lists.ts';

/** What is kept. */
export interface WorkloadFacts {
  addonWorkloads: readonly AddonWorkload[];
  /** Namespaces with workloads that are no add-on's. */
  applicationNamespaces: ReadonlySet<string>;
}

const lists = [
  ['Deployment', resources.deployments],
  ['StatefulSet', resources.statefulSets],
  ['DaemonSet', resources.daemonSets],
] as const;

/** Deployments, StatefulSets and DaemonSets of all namespaces. @throws KubeError */
export async function readWorkloads(
  client: KubeClient,
  asked: { signal?: AbortSignal },
): Promise<WorkloadFacts> {
  const facts = await Promise.all(
    lists.map(([kind, resource]) =>
      foldList(client, resource, asked, createFacts, (kept, object) => {
        const found = readAddonWorkload(kind, object);
        if (found !== undefined) kept.addonWorkloads.push(found);
        else kept.applicationNamespaces.add(textOf(fieldAt(object, 'metadata', 'namespace')));
      }),
    ),
  );
  return {
    addonWorkloads: facts.flatMap(({ addonWorkloads }) => addonWorkloads),
    applicationNamespaces: new Set(facts.flatMap(({ applicationNamespaces }) => [...applicationNamespaces])),
  };
}

function createFacts() {
  return { addonWorkloads: [] as AddonWorkload[], applicationNamespaces: new Set<string>() };
}
