// Reads what runs in a cluster for the add-ons in it; of people's own workloads only their namespaces are kept.
import { fieldAt, textOf } from '../api/foreign-fields.ts';
import type { KubeClient } from '../kube/client.ts';
import { resources } from '../kube/resources.ts';
import { readAddonWorkload, type AddonWorkload } from '../status/cluster/find-addons.ts';
import { failureOf, valueOf, type Part } from '../status/cluster/part.ts';
import { attempt } from './attempt.ts';
import { foldList } from './fold-list.ts';

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

/** Deployments, StatefulSets and DaemonSets of all namespaces; where several cannot be read, the first of them says why, every time. */
export async function readWorkloads(
  client: KubeClient,
  asked: { signal?: AbortSignal },
): Promise<Part<WorkloadFacts>> {
  const parts = await Promise.all(lists.map((list) => attempt(() => readKind(client, list, asked))));
  const failure = parts.map(failureOf).find((reason) => reason !== undefined);
  if (failure !== undefined) return { failure };
  const facts = parts.map((part) => valueOf(part, createFacts()));
  return {
    value: {
      addonWorkloads: facts.flatMap(({ addonWorkloads }) => addonWorkloads),
      applicationNamespaces: new Set(
        facts.flatMap(({ applicationNamespaces }) => [...applicationNamespaces]),
      ),
    },
  };
}

function readKind(
  client: KubeClient,
  [kind, resource]: (typeof lists)[number],
  asked: { signal?: AbortSignal },
) {
  return foldList(client, resource, asked, createFacts, (kept, object) => {
    const found = readAddonWorkload(kind, object);
    if (found !== undefined) kept.addonWorkloads.push(found);
    else kept.applicationNamespaces.add(textOf(fieldAt(object, 'metadata', 'namespace')));
  });
}

function createFacts() {
  return { addonWorkloads: [] as AddonWorkload[], applicationNamespaces: new Set<string>() };
}
