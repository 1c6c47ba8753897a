// How personas are shown while they are watched.
import type { PersonaItem } from '../../../protocol/items.ts';
import { toFact, type Fact, type StateView, type ToDocument, type Tone, type ViewColumn } from '../view.ts';
import { formatArgo, formatIssues, formatIssueWords, formatReady } from './persona-words.ts';

type Column = ViewColumn<PersonaItem>;

const ranks = new Map([
  ['Failed', 4],
  ['Degraded', 3],
  ['Pending', 2],
  ['Active', 0],
]);

const namespace: Column = { heading: 'NAMESPACE', importance: Infinity, read: (item) => item.namespace };

const always: readonly Column[] = [
  { heading: 'NAME', importance: Infinity, read: (item) => item.name },
  { heading: 'PHASE', importance: Infinity, least: 8, read: (item) => item.phase, tone: toneOfPhase },
  { heading: 'READY', importance: 6, read: (item) => item.ready },
  { heading: 'REPLICAS', importance: 5, read: (item) => item.replicas },
  { heading: 'ISSUES', importance: 4, read: formatIssues, tone: toneOfIssues },
  {
    heading: 'ARGO CD',
    least: 9,
    importance: 3,
    read: formatArgo,
    tone: toneOfArgo,
    isOptional: true,
  },
];

const wide: readonly Column[] = [
  { heading: 'HEALTH', importance: 2, read: (item) => item.health },
  { heading: 'REASON', importance: 2, read: (item) => item.reason },
  { heading: 'TYPE', importance: 1, read: (item) => item.type },
  { heading: 'TIER', importance: 1, read: (item) => item.tier },
  { heading: 'TEAM', importance: 1, read: (item) => item.team },
];

/** Of topic personas. */
export const personaView: StateView<'personas'> = {
  columns: ({ hasNamespace, isWide }) => [
    ...(hasNamespace ? [namespace] : []),
    ...always,
    ...(isWide ? wide : []),
  ],
  facts: (item, isWide) => [...listFacts(item), ...(isWide ? listWideFacts(item) : [])],
  why: (item) => (item.phase === '' ? 'no operator has looked at it yet' : (item.message ?? '')),
  rank: (item) => ranks.get(item.phase) ?? 1,
  state: (item) => (item.phase === '' ? 'not observed' : item.phase),
  changedAt: (item) => item.changedAt ?? item.createdAt,
};

/** The fields of stream.md's event, the object whole. */
export const toPersonaDocument: ToDocument<'personas'> = (item) => ({
  namespace: item.namespace,
  name: item.name,
  phase: item.phase,
  health: item.health,
  persona: item.persona,
});

function listFacts(item: PersonaItem): Fact[] {
  const issues = formatIssueWords(item);
  const argo = formatArgo(item);
  return [
    { name: 'phase', text: item.phase === '' ? 'not observed' : item.phase, tone: toneOfPhase(item) },
    toFact('ready', formatReady(item), 'readiness unknown'),
    toFact('replicas', item.replicas && `${item.replicas} replicas`, 'no replicas known'),
    toFact('issues', issues, 'no issues'),
    toFact('argo', argo && `Argo CD ${argo}`, 'no Argo CD'),
  ];
}

function listWideFacts(item: PersonaItem): Fact[] {
  return [
    toFact('health', item.health && `health ${item.health}`, 'health unknown'),
    toFact('type', item.type && `type ${item.type}`, 'no type'),
    toFact('tier', item.tier && `tier ${item.tier}`, 'no tier'),
    toFact('team', item.team && `team ${item.team}`, 'no team'),
  ];
}

function toneOfPhase({ phase }: PersonaItem): Tone {
  if (phase === 'Failed') return 'failing';
  return phase === 'Degraded' || phase === 'Pending' ? 'warning' : undefined;
}

function toneOfIssues({ issues }: PersonaItem): Tone {
  return (issues?.errors ?? 0) > 0 ? 'failing' : undefined;
}

function toneOfArgo({ argoCD }: PersonaItem): Tone {
  if (argoCD === undefined) return undefined;
  const isWell = argoCD.sync === 'Synced' && ['', 'Healthy', 'Progressing'].includes(argoCD.health);
  return isWell ? undefined : 'warning';
}
