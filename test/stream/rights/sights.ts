// What is asked for where rights are compared, and what kubectl would show of it: real lists and real watches with the same credentials.
import { KubeError } from '../../../src/kube/kube-error.ts';
import type { KubeClient } from '../../../src/kube/client.ts';
import { pathOf, resources, type Resource } from '../../../src/kube/resources.ts';
import { keyOf } from '../../../src/protocol/item-identity.ts';
import type { Interest, Topic } from '../../../src/protocol/messages.ts';
import { toOccurrenceItem, toValidationItem } from '../../../src/protocol/event-items.ts';
import { absentNamespace, namespaces } from './world.ts';

/** A subscription, in words and as it is asked for. */
export interface Sight {
  id: string;
  topic: Topic;
  interest: Interest;
}

/** Sorted keys of what is shown, or that nothing is. */
export type Shown = readonly string[] | 'refused';

const everywhere: readonly Interest[] = [
  {},
  ...[...namespaces, absentNamespace].map((namespace) => ({ namespace })),
];
const named: readonly Interest[] = [
  { namespace: 'rights-a', name: 'shop' },
  { namespace: 'rights-b', name: 'nobody' },
  { namespace: absentNamespace, name: 'shop' },
];
const interests: Readonly<Record<Topic, readonly Interest[]>> = {
  personas: [...everywhere, ...named, { name: 'shop' }, { labelSelector: 'app in (shop, cart)' }],
  deployments: [...everywhere, ...named, { name: 'constructor' }],
  events: [...everywhere, ...named],
  cluster: [{}, { name: 'prod' }, { name: 'nobody' }],
};

/** All of them. */
export const sights: readonly Sight[] = (Object.keys(interests) as Topic[]).flatMap((topic) =>
  interests[topic].map((interest) => ({ id: `${topic} ${JSON.stringify(interest)}`, topic, interest })),
);

/** Objects of a list, as much of them as has to be known. */
export type Listed = { metadata: { name: string; namespace?: string } }[];

/** Lists one kind where a watch of it is allowed as well; `nameField` is the field that a name is looked for in. */
export type Lister = (
  resource: Resource,
  interest: Interest,
  nameField: 'metadata.name' | 'involvedObject.name',
) => Promise<Listed | 'refused'>;

const kindOf = {
  personas: resources.applicationPersonas,
  deployments: resources.deployments,
  cluster: resources.clusterPersonas,
} as const;

/** By lists, where a watch is allowed as well: what `kubectl get --watch` shows. */
export async function listShown(list: Lister, { topic, interest }: Sight): Promise<Shown> {
  const asked =
    topic === 'events'
      ? [
          list(resources.applicationPersonas, interest, 'metadata.name'),
          list(resources.events, interest, 'involvedObject.name'),
        ]
      : [list(kindOf[topic], interest, 'metadata.name')];
  const lists = await Promise.all(asked);
  if (lists.includes('refused')) return 'refused';
  const [first = [], second = []] = lists as Listed[];
  if (topic !== 'events')
    return first
      .map(({ metadata: { name, namespace } }) => (namespace === undefined ? name : `${namespace}/${name}`))
      .sort();
  const items = [...first.map(toValidationItem), ...second.map(toOccurrenceItem)];
  return items.flatMap((item) => (item === undefined ? [] : [keyOf('events', item)])).sort();
}

/** By requests of ours. List and watch are asked for always: which of them is refused says nothing. */
export function createApiLister(client: KubeClient): Lister {
  return async (resource, { namespace, name, labelSelector }, nameField) => {
    const path = pathOf(resource, namespace === undefined ? {} : { namespace });
    const query = { labelSelector, fieldSelector: name === undefined ? undefined : `${nameField}=${name}` };
    const [list, isWatched] = await Promise.all([
      refusedOr(client.request<{ items: Listed }>({ method: 'GET', path, query })),
      mayWatch(client, path, query),
    ]);
    return list === 'refused' || !isWatched ? 'refused' : list.body.items;
  };
}

async function mayWatch(
  client: KubeClient,
  path: string,
  query: Record<string, string | undefined>,
): Promise<boolean> {
  const opened = new AbortController();
  const watch = client.stream({
    path,
    query: { ...query, watch: true, timeoutSeconds: 5 },
    signal: opened.signal,
    onOpen: () => opened.abort(),
    onBytes: () => undefined,
  });
  try {
    return (await refusedOr(watch)) !== 'refused';
  } catch (error) {
    if (opened.signal.aborted) return true;
    throw error;
  }
}

async function refusedOr<T>(work: Promise<T>): Promise<T | 'refused'> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof KubeError && error.httpStatus === 403) return 'refused';
    throw error;
  }
}
