// How ClusterPersonas are shown while they are watched.
import type { ClusterItem } from '../../../protocol/items.ts';
import { toFact, type Fact, type StateView, type ToDocument, type Tone } from '../view.ts';

const ranks = new Map([
  ['Degraded', 3],
  ['Unknown', 2],
  ['Discovering', 1],
  ['Ready', 0],
]);

/** Of topic cluster. */
export const clusterView: StateView<'cluster'> = {
  columns: ({ isWide }) => [
    { heading: 'NAME', importance: Infinity, read: (item) => item.name },
    { heading: 'ENVIRONMENT', importance: 2, read: (item) => item.environment },
    { heading: 'PHASE', importance: Infinity, least: 8, read: (item) => item.phase, tone: toneOfPhase },
    { heading: 'NODES', importance: 6, read: (item) => formatCount(item, item.nodeCount) },
    { heading: 'APPS', importance: 5, read: (item) => formatCount(item, item.applicationCount) },
    { heading: 'KUBERNETES', importance: 4, read: (item) => item.kubernetesVersion },
    {
      heading: 'ADD-ONS',
      importance: 3,
      read: (item) => formatAddons(item),
      tone: (item) => (listUnwell(item).length > 0 ? 'warning' : undefined),
    },
    ...(isWide ? [{ heading: 'PLATFORM', importance: 1, read: (item: ClusterItem) => item.platform }] : []),
  ],
  facts: (item, isWide) => [
    toFact('phase', item.phase, 'not discovered', toneOfPhase(item)),
    toFact('nodes', countWords(item, item.nodeCount, 'node'), 'no nodes known'),
    toFact('applications', countWords(item, item.applicationCount, 'application'), 'no applications known'),
    toFact('version', item.kubernetesVersion && `Kubernetes ${item.kubernetesVersion}`, 'no version'),
    toFact('environment', item.environment, 'no environment'),
    ...(isWide ? [toFact('platform', item.platform && `on ${item.platform}`, 'no platform')] : []),
    ...listAddonFacts(item),
  ],
  why: (item) => (item.phase === '' ? 'no operator has looked at it yet' : formatUnwell(item)),
  rank: (item) => ranks.get(item.phase) ?? 1,
  state: (item) => (item.phase === '' ? 'not discovered' : item.phase),
  changedAt: (item) => item.changedAt ?? item.createdAt,
};

/** The fields of stream.md's event, and the object. */
export const toClusterDocument: ToDocument<'cluster'> = (item) => ({
  name: item.name,
  phase: item.phase,
  nodeCount: item.nodeCount,
  applicationCount: item.applicationCount,
  cluster: item.cluster,
});

const isWell = ({ health }: ClusterItem['addons'][number]) => health === 'healthy' || health === '';

const listUnwell = ({ addons }: ClusterItem) => addons.filter((addon) => !isWell(addon));

/** Before the first discovery a 0 would say what nobody knows. */
const formatCount = ({ phase }: ClusterItem, count: number) =>
  phase === '' && count === 0 ? undefined : String(count);

function countWords(item: ClusterItem, count: number, word: string): string | undefined {
  const text = formatCount(item, count);
  return text === undefined ? undefined : `${text} ${word}${count === 1 ? '' : 's'}`;
}

/** `7`, `6 of 7 healthy`. */
function formatAddons(item: ClusterItem): string {
  const { length } = item.addons;
  const unwell = listUnwell(item).length;
  if (length === 0) return '';
  return unwell === 0 ? String(length) : `${length - unwell} of ${length} healthy`;
}

function formatUnwell(item: ClusterItem): string {
  return listUnwell(item)
    .map(({ name, health }) => `${name} ${health}`)
    .join(', ');
}

/** One for each, so that a change names the add-on that has changed. */
function listAddonFacts({ addons }: ClusterItem): Fact[] {
  return addons.map((addon) => ({
    name: `add-on ${addon.name}`,
    text: [addon.name, addon.version, addon.health].filter(Boolean).join(' '),
    tone: isWell(addon) ? undefined : 'warning',
  }));
}

function toneOfPhase({ phase }: ClusterItem): Tone {
  return phase === 'Degraded' || phase === 'Unknown' ? 'warning' : undefined;
}
