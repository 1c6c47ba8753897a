// What is kept of an object: its item as JSON, because a page is then a join, and ten thousand texts cost a collection of garbage next to nothing.
import { fieldAt } from '../../../src/api/foreign-fields.ts';
import { toClusterItem } from '../../../src/protocol/cluster-item.ts';
import { toDeploymentItem } from '../../../src/protocol/deployment-item.ts';
import { toOccurrenceItem, toValidationItem } from '../../../src/protocol/event-items.ts';
import { formatItem } from '../../../src/protocol/format-message.ts';
import type { ItemOf } from '../../../src/protocol/items.ts';
import type { Topic } from '../../../src/protocol/messages.ts';
import { toPersonaItem } from '../../../src/protocol/persona-item.ts';
import { toWholeObject } from '../../../src/protocol/whole-object.ts';
import type { Labels } from './labels.ts';

/** One item. Never changed but for its order. */
export interface Kept {
  /** Empty for what has none. */
  readonly namespace: string;
  /** Of an Event its persona's. */
  readonly name: string;
  /** resourceVersion */
  readonly version: string;
  /** The item's JSON without its version: two that are equal in it are the same to whoever does not ask for whole objects. */
  readonly body: string;
  /** Undefined where there is no object to have any: the persona of an Event is gone. */
  readonly labels: Labels | undefined;
  /** The object's JSON; empty where nobody asked for it. */
  readonly whole: string;
  /** Of a persona: the JSON of its validation without version; empty where there is none. */
  readonly validation: string;
  /** Of a ClusterPersona; else 0. */
  readonly nodeCount: number;
  /** Its place among the others: the map that holds it has it at the same. */
  order: number;
}

/** What has happened to one item. */
export interface KeptChange {
  key: string;
  before: Kept | undefined;
  after: Kept | undefined;
}

/** Makes what is kept of an object; undefined for what is no item. */
export type Projection = (object: unknown) => Kept | undefined;

interface ProjectionParts {
  readLabels: (labels: unknown) => Labels;
  isWhole: boolean;
}

/** By topic; of topic events the Kubernetes Events only. */
export function createProjection(topic: Topic, { readLabels, isWhole }: ProjectionParts): Projection {
  const toItem = toItemByTopic[topic];
  return (object) => {
    const item = toItem(object);
    if (item === undefined) return undefined;
    const validation = topic === 'personas' ? toValidationItem(object) : undefined;
    return {
      namespace: 'namespace' in item ? item.namespace : '',
      name: item.name,
      version: item.resourceVersion,
      body: toBody(item),
      labels: topic === 'events' ? undefined : readLabels(fieldAt(object, 'metadata', 'labels')),
      whole: isWhole ? JSON.stringify(toWholeObject(object)) : '',
      validation: validation === undefined ? '' : toBody(validation),
      nodeCount: 'nodeCount' in item ? item.nodeCount : 0,
      order: 0,
    };
  };
}

const toItemByTopic: Record<Topic, (object: unknown) => ItemOf[Topic] | undefined> = {
  personas: (object) => toPersonaItem(object),
  cluster: (object) => toClusterItem(object),
  deployments: (object) => toDeploymentItem(object),
  events: toOccurrenceItem,
};

function toBody({ resourceVersion: _, ...rest }: ItemOf[Topic]): string {
  return formatItem(rest as ItemOf[Topic]);
}

const wholeFields: Record<Topic, string> = {
  personas: 'persona',
  cluster: 'cluster',
  deployments: 'deployment',
  events: 'event',
};

/** The item's JSON. */
export function toItemJson(topic: Topic, { version, body, whole }: Kept): string {
  const item = `{"resourceVersion":${JSON.stringify(version)},${body.slice(1)}`;
  return whole === '' ? item : `${item.slice(0, -1)},"${wholeFields[topic]}":${whole}}`;
}
