// How Deployments are shown while they are watched: kubectl's columns, with the application that each belongs to.
import type { DeploymentItem } from '../../../protocol/items.ts';
import { toFact, type StateView, type ToDocument, type Tone, type ViewColumn } from '../view.ts';

type Column = ViewColumn<DeploymentItem>;

const namespace: Column = { heading: 'NAMESPACE', importance: Infinity, read: (item) => item.namespace };

const always: readonly Column[] = [
  { heading: 'NAME', importance: Infinity, read: (item) => item.name },
  { heading: 'READY', importance: Infinity, read: formatReady, tone: toneOf },
  { heading: 'UP-TO-DATE', importance: 5, read: (item) => String(item.updated) },
  { heading: 'AVAILABLE', importance: 4, read: (item) => String(item.available) },
  { heading: 'APP', importance: 3, read: (item) => item.appName },
];

const images: Column = { heading: 'IMAGES', importance: 2, read: (item) => item.images.join(',') };

/** Of topic deployments. */
export const deploymentView: StateView<'deployments'> = {
  columns: ({ hasNamespace, isWide }) => [
    ...(hasNamespace ? [namespace] : []),
    ...always,
    ...(isWide ? [images] : []),
  ],
  facts: (item) => [
    { name: 'ready', text: `${formatReady(item)} ready`, tone: toneOf(item) },
    { name: 'updated', text: `${item.updated} up to date` },
    { name: 'available', text: `${item.available} available` },
    toFact('images', item.images.join(','), 'no image'),
    toFact('application', item.appName && `app ${item.appName}`, 'no app'),
  ],
  why: (item) => (isRolling(item) ? 'rolling out' : ''),
  rank: (item) => (isUp(item) ? 0 : 2),
  state: (item) => (isUp(item) ? 'available' : 'not available'),
  // A Deployment does not say when it changed; what happens while it is watched is dated by the watch.
  changedAt: (item) => item.createdAt,
};

/** What is known of it, and the object. */
export const toDeploymentDocument: ToDocument<'deployments'> = ({ resourceVersion: _, ...item }) => item;

const isUp = ({ replicas, available }: DeploymentItem) => available >= replicas;

const isRolling = ({ replicas, updated, generation, observedGeneration }: DeploymentItem) =>
  updated < replicas || observedGeneration < generation;

function formatReady({ ready, replicas }: DeploymentItem): string {
  return `${ready}/${replicas}`;
}

function toneOf(item: DeploymentItem): Tone {
  return isUp(item) ? undefined : 'warning';
}
