// The columns of `persona list`, and a persona's row in them.
import { fieldAt, listOf, textOf } from '../../../api/foreign-fields.ts';
import type { KubeObject } from '../../../kube/objects.ts';
import { formatAgeOf } from '../../../ui/age.ts';
import type { Column } from '../../../ui/table.ts';

/** Which columns there are. */
export interface ColumnChoice {
  /** Over all namespaces. */
  hasNamespace: boolean;
  isWide: boolean;
}

interface PersonaColumn extends Column {
  read: (persona: KubeObject, now: Date) => string | undefined;
}

const namespace: PersonaColumn = { heading: 'NAMESPACE', read: ({ metadata }) => metadata.namespace };

const always: readonly PersonaColumn[] = [
  { heading: 'NAME', read: ({ metadata }) => metadata.name },
  { heading: 'TYPE', read: (persona) => textAt(persona, 'spec', 'type') },
  { heading: 'TIER', read: (persona) => textAt(persona, 'spec', 'tier') },
  { heading: 'PHASE', read: (persona) => textAt(persona, 'status', 'phase') },
  { heading: 'HEALTH', read: (persona) => textAt(persona, 'status', 'health', 'status') },
  { heading: 'READY', read: (persona) => textAt(readyOf(persona), 'status') },
];

const wide: readonly PersonaColumn[] = [
  { heading: 'ISSUES', read: (persona) => textAt(persona, 'status', 'validation', 'summary') },
  { heading: 'REASON', read: (persona) => textAt(readyOf(persona), 'reason') },
  { heading: 'TEAM', read: (persona) => textAt(persona, 'spec', 'ownership', 'team') },
];

const age: PersonaColumn = {
  heading: 'AGE',
  read: ({ metadata }, now) => formatAgeOf(metadata.creationTimestamp, now),
};

/** From left to right, in kubectl's order. */
export function chooseColumns({ hasNamespace, isWide }: ColumnChoice): readonly PersonaColumn[] {
  return [...(hasNamespace ? [namespace] : []), ...always, ...(isWide ? wide : []), age];
}

/** The cells of a persona; undefined where it says nothing. */
export function toRow(
  columns: readonly PersonaColumn[],
  persona: KubeObject,
  now: Date,
): (string | undefined)[] {
  return columns.map(({ read }) => read(persona, now));
}

function readyOf(persona: KubeObject): unknown {
  return listOf(fieldAt(persona, 'status', 'conditions')).find((one) => fieldAt(one, 'type') === 'Ready');
}

function textAt(value: unknown, ...path: string[]): string {
  return textOf(fieldAt(value, ...path));
}
