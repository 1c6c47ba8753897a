// Of personas that stand in the input several times, the one that counts; the others are named.
import type { EffectiveApplicationPersona, EffectiveClusterPersona } from '../api/personas.ts';
import { compareText } from '../api/compare-text.ts';
import { formatPlace } from '../document/manifest-problem.ts';
import type { FilePersona } from './read-personas.ts';

/** The first of each namespace and name. */
export function choosePersonas(personas: readonly FilePersona<EffectiveApplicationPersona>[]): {
  personas: FilePersona<EffectiveApplicationPersona>[];
  notes: string[];
} {
  const first = new Map<string, FilePersona<EffectiveApplicationPersona>>();
  const notes: string[] = [];
  for (const candidate of personas) {
    const { name, namespace = '' } = candidate.persona.metadata;
    const key = `${namespace}/${name}`;
    const known = first.get(key);
    if (known === undefined) first.set(key, candidate);
    else if (!isSamePlace(known, candidate))
      notes.push(
        `persona ${name} stands twice: ${formatStart(known)} counts, ${formatStart(candidate)} does not`,
      );
  }
  return { personas: [...first.values()], notes };
}

/** The first by name, as a cluster takes the oldest and then the first by name: files have no age. */
export function chooseClusterPersona(candidates: readonly FilePersona<EffectiveClusterPersona>[]): {
  persona: FilePersona<EffectiveClusterPersona> | undefined;
  notes: string[];
} {
  const [persona, ...others] = [...candidates].sort((left, right) =>
    compareText(left.persona.metadata.name, right.persona.metadata.name),
  );
  const names = others.map((other) => `${other.persona.metadata.name} (${formatStart(other)})`);
  if (persona === undefined || others.length === 0) return { persona, notes: [] };
  return {
    persona,
    notes: [`ClusterPersona ${persona.persona.metadata.name} counts, not ${names.join(', ')}`],
  };
}

const formatStart = ({ manifest: { file, line, column } }: FilePersona<unknown>) =>
  formatPlace(file, { line, column });

const isSamePlace = ({ manifest: one }: FilePersona<unknown>, { manifest: other }: FilePersona<unknown>) =>
  one.file === other.file && one.line === other.line && one.column === other.column;
