// The components and what they need, as a Mermaid flowchart; no text of the application can break out of a label.
import type { ComponentPlan, PeerPlan } from '../component-plan.ts';
import type { ApplicationPlan } from '../plan-application.ts';
import { toOneLine } from '../yaml-text.ts';
import { spellLanguage } from './markdown.ts';

/** More arrows than this are a tangle, and Mermaid gives up at 500. */
const maxArrows = 80;

interface Arrow {
  from: string;
  to: string;
  isRequired: boolean;
}

/** The fenced lines; none where there is nothing to connect. */
export function formatDiagram(plan: ApplicationPlan): string[] {
  const ids = new Map(plan.components.map(({ name }, index) => [name, `c${index}`]));
  const outside = listOutside(plan.components);
  const arrows = plan.components.flatMap((component) => arrowsOf(component, ids, outside));
  if (arrows.length === 0 || arrows.length > maxArrows) return [];
  const hasVisitors = plan.components.some(({ expose }) => expose !== undefined);
  return [
    '```mermaid',
    'flowchart LR',
    ...(hasVisitors ? ['  visitors(["visitors"])'] : []),
    ...plan.components.map((component) => `  ${ids.get(component.name) ?? ''}${shapeOf(component)}`),
    ...[...outside.values()].map(({ id, peer }) => `  ${id}${peerShape(peer)}`),
    ...arrows.map(({ from, to, isRequired }) => `  ${from} ${isRequired ? '-->' : '-.->'} ${to}`),
    '```',
    '',
  ];
}

type Outside = ReadonlyMap<string, { id: string; peer: PeerPlan }>;

/** What is needed and is no component, each once. */
function listOutside(components: readonly ComponentPlan[]): Outside {
  const known = new Map<string, { id: string; peer: PeerPlan }>();
  for (const peer of components.flatMap(({ peers }) => peers)) {
    const key = `${peer.type} ${peer.name}`;
    if (peer.sibling === undefined && !known.has(key)) known.set(key, { id: `x${known.size}`, peer });
  }
  return known;
}

function arrowsOf(component: ComponentPlan, ids: ReadonlyMap<string, string>, outside: Outside): Arrow[] {
  const from = ids.get(component.name) ?? '';
  const needs = component.peers.flatMap((peer): Arrow[] => {
    const to =
      peer.sibling === undefined ? outside.get(`${peer.type} ${peer.name}`)?.id : ids.get(peer.sibling);
    return to === undefined || to === from ? [] : [{ from, to, isRequired: peer.isRequired }];
  });
  return component.expose ? [{ from: 'visitors', to: from, isRequired: true }, ...needs] : needs;
}

function shapeOf({ name, component, workload }: ComponentPlan): string {
  const made = component.framework?.value ?? (component.language && spellLanguage(component.language.value));
  const label = made === undefined ? toLabel(name) : `${toLabel(name)}<br/>${toLabel(made)}`;
  return workload === 'StatefulSet' ? `[("${label}")]` : `["${label}"]`;
}

function peerShape({ name, type }: PeerPlan): string {
  const label = toLabel(name);
  if (type === 'database' || type === 'cache') return `[("${label}")]`;
  return type === 'queue' ? `[["${label}"]]` : `(["${label}"])`;
}

/** Everything but words becomes Mermaid's own escapes. */
function toLabel(text: string): string {
  return toOneLine(text)
    .slice(0, 60)
    .replace(/[^\p{L}\p{N} .,:/@+-]/gu, (character) => `#${character.codePointAt(0) ?? 63};`);
}
