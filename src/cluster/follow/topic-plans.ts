// What has to be watched on the API server for a topic, and what is made of it.
import { resources, type Resource } from '../../kube/resources.ts';
import { toClusterItem } from '../../protocol/cluster-item.ts';
import { toDeploymentItem } from '../../protocol/deployment-item.ts';
import { occurrenceFieldSelector, toOccurrenceItem, toValidationItem } from '../../protocol/event-items.ts';
import { readIdentity } from '../../protocol/item-identity.ts';
import type { EventItem, ItemOf } from '../../protocol/items.ts';
import type { Interest, Topic } from '../../protocol/messages.ts';
import { toPersonaItem } from '../../protocol/persona-item.ts';

/** What is kept of an object: the item it makes, if any, and on topic events the persona that it is about. */
export interface Kept<T extends Topic> {
  item: ItemOf[T] | undefined;
  persona?: string;
}

/** One list and watch. */
export interface TopicPlan<T extends Topic> {
  resource: Resource;
  namespace: string | undefined;
  labelSelector: string | undefined;
  fieldSelector: string | undefined;
  project: (object: unknown) => Kept<T> | undefined;
  /** Its objects say which personas are meant; items of others do not count. */
  isSelecting?: boolean;
}

type PlansOf = { [T in Topic]: (interest: Interest) => readonly TopicPlan<T>[] };

/** Field selectors read `,`, `=` and the backslash. */
function formatFieldSelector(field: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : `${field}=${value.replace(/[\\,=]/g, (mark) => `\\${mark}`)}`;
}

function planObjects<T extends Topic>(
  resource: Resource,
  { namespace, name, labelSelector }: Interest,
  toItem: (object: unknown) => ItemOf[T] | undefined,
): TopicPlan<T> {
  return {
    resource,
    namespace: resource.isNamespaced ? namespace : undefined,
    labelSelector,
    fieldSelector: formatFieldSelector('metadata.name', name),
    project: (object) => {
      const item = toItem(object);
      return item === undefined ? undefined : { item };
    },
  };
}

/** Events know nothing of their persona's labels: which personas are meant is seen from those themselves. */
function planEvents({ namespace, name, labelSelector }: Interest): readonly TopicPlan<'events'>[] {
  const fields = [occurrenceFieldSelector, formatFieldSelector('involvedObject.name', name)];
  return [
    {
      resource: resources.applicationPersonas,
      namespace,
      labelSelector,
      fieldSelector: formatFieldSelector('metadata.name', name),
      isSelecting: labelSelector !== undefined,
      project: (object) => {
        const identity = readIdentity(object);
        const item = toValidationItem(object);
        return identity === undefined ? undefined : { item, persona: personaOf(identity) };
      },
    },
    {
      resource: resources.events,
      namespace,
      labelSelector: undefined,
      fieldSelector: fields.filter((field) => field !== undefined).join(','),
      project: (object) => {
        const item = toOccurrenceItem(object);
        return item === undefined ? undefined : { item, persona: personaOf(item) };
      },
    },
  ];
}

function personaOf({ namespace, name }: Pick<EventItem, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}

/** By topic. */
export const topicPlans: PlansOf = {
  personas: (interest) => [
    planObjects<'personas'>(resources.applicationPersonas, interest, (object) =>
      toPersonaItem(object, interest),
    ),
  ],
  cluster: (interest) => [
    planObjects<'cluster'>(resources.clusterPersonas, interest, (object) => toClusterItem(object, interest)),
  ],
  deployments: (interest) => [
    planObjects<'deployments'>(resources.deployments, interest, (object) =>
      toDeploymentItem(object, interest),
    ),
  ],
  events: planEvents,
};
