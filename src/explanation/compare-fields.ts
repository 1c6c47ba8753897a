// Holds the fields of a file on disk against those of the last run and of a run now: whose each one is.
import type { ExplainedField } from './explain-object.ts';
import { listLeaves, type Leaf } from './leaves.ts';
import type { FieldPath } from './reason.ts';

/**
 * `generated` is as it was written, `edited` was changed by a person, `added` is a person's own, `deleted` was taken out
 * by a person, `stale` is as it was written and comes out differently now, or no longer.
 */
export type FieldState = 'generated' | 'edited' | 'added' | 'deleted' | 'stale';

/** A field of the file on disk, or one that is missing there. */
export interface ComparedField extends ExplainedField {
  state: FieldState;
  /** What generate would write; absent where it would write nothing, or the same. */
  generated?: unknown;
}

/** Documents as plain values; `base` is what the last run wrote, absent where none is kept. */
export interface Sides {
  disk: unknown;
  base?: unknown;
  /** What a run would write now, which the fields are of. */
  now: unknown;
  fields: readonly ExplainedField[];
}

/** All fields, those of the disk first in its order, then what was deleted. */
export function compareFields({ disk, base, now, fields }: Sides): ComparedField[] {
  const generated = new Map(fields.map((field) => [keyOf(now, field.path), field]));
  const before = base === undefined ? undefined : byKey(base);
  const here = byKey(disk);
  const present = [...here].map(([key, leaf]) =>
    judge(leaf, generated.get(key), before && { leaf: before.get(key) }),
  );
  const missing = [...generated].flatMap(([key, field]): ComparedField[] => {
    if (here.has(key)) return [];
    const state = before === undefined || before.has(key) ? 'deleted' : 'stale';
    return [{ ...field, state, generated: field.value }];
  });
  return [...present, ...missing];
}

function judge(
  leaf: Leaf,
  field: ExplainedField | undefined,
  before: { leaf: Leaf | undefined } | undefined,
): ComparedField {
  const isAsWritten =
    before === undefined
      ? isSame(leaf.value, field?.value)
      : before.leaf !== undefined && isSame(leaf.value, before.leaf.value);
  if (!field) return { ...leaf, state: isAsWritten && before !== undefined ? 'stale' : 'added' };
  const shared = { ...field, ...leaf };
  if (isSame(leaf.value, field.value)) return { ...shared, state: 'generated' };
  return { ...shared, state: isAsWritten ? 'stale' : 'edited', generated: field.value };
}

const isSame = (left: unknown, right: unknown) => JSON.stringify(left) === JSON.stringify(right);

function byKey(document: unknown): Map<string, Leaf> {
  return new Map(listLeaves(document).map((leaf) => [keyOf(document, leaf.path), leaf]));
}

/** Items of a list are known by name, or by themselves where they are scalars, so that one more in front moves none. */
function keyOf(document: unknown, path: FieldPath): string {
  let node = document;
  return path
    .map((step) => {
      node =
        typeof node === 'object' && node !== null
          ? (node as Record<string | number, unknown>)[step]
          : undefined;
      return typeof step === 'number' ? identify(node, step) : JSON.stringify(step);
    })
    .join('.');
}

function identify(item: unknown, index: number): string {
  if (typeof item !== 'object' || item === null) return `=${JSON.stringify(item)}`;
  const { name, mountPath, containerPort } = item as Record<string, unknown>;
  const word = mountPath ?? name ?? containerPort;
  return word === undefined ? `#${index}` : `=${JSON.stringify(word)}`;
}
