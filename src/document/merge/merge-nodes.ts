// Three-way merge of YAML nodes by meaning: maps key by key, lists item by item; what a person wrote stays as it is written.
import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { findIdentity, isOrdered, type Identify } from './list-identity.ts';
import { hasOwnComments, mergeComments } from './merge-comments.ts';
import type { MergeConflict } from './merge-conflict.ts';
import { mergeSequences, type Sides } from './merge-sequences.ts';
import { describeNode, isSameNode, keyOf, toCanonical, type MaybeNode } from './same-nodes.ts';

/** Where the merge is, and what it cannot decide. */
export interface MergeContext {
  /** `spec.template.spec.containers[web]`. */
  at: string;
  /** The key that holds the node. */
  key?: string;
  conflicts: MergeConflict[];
}

type NodeSides = Sides<MaybeNode>;

/** Merges into mine, which is changed in place where it can be; undefined means that nothing is to be there. */
export function mergeNodes(sides: NodeSides, context: MergeContext): MaybeNode {
  const { base, mine, generated } = sides;
  if (mine === undefined || generated === undefined) return mergeAbsence(sides, context);
  if (isMap(mine) && isMap(generated))
    return mergeMaps({ base: isMap(base) ? base : undefined, mine, generated }, context);
  if (isSeq(mine) && isSeq(generated))
    return mergeLists({ base: isSeq(base) ? base : undefined, mine, generated }, context);
  return mergeLeaf(sides, context);
}

/** One side has nothing there. */
function mergeAbsence({ base, mine, generated }: NodeSides, context: MergeContext): MaybeNode {
  if (base === undefined) return mine === undefined ? generated : mine;
  if (mine === undefined && generated === undefined) return undefined;
  if (mine === undefined) {
    if (!isSameNode(base, generated)) report(context, { base, mine, generated });
    return undefined;
  }
  if (isSameNode(base, mine) && !hasOwnComments(base, mine)) return undefined;
  report(context, { base, mine, generated });
  return mine;
}

function mergeLeaf({ base, mine, generated }: NodeSides, context: MergeContext): MaybeNode {
  if (isSameNode(mine, generated) || isSameNode(base, generated)) {
    mergeComments(base, mine, generated);
    return mine;
  }
  if (isSameNode(base, mine)) return takeGenerated({ base, mine, generated });
  const joined = joinTexts({ base, mine, generated });
  if (joined !== undefined) return joined;
  report(context, { base, mine, generated });
  return mine;
}

/** The generator's value in the place and with the comments of mine. */
function takeGenerated({ base, mine, generated }: NodeSides): MaybeNode {
  if (isScalar(mine) && isScalar(generated)) {
    mine.value = generated.value;
    delete mine.source;
    if (generated.type === undefined) delete mine.type;
    else mine.type = generated.type;
    mergeComments(base, mine, generated);
    return mine;
  }
  if (mine && generated) {
    for (const place of ['comment', 'commentBefore'] as const) {
      const comment = mine[place];
      if (comment && comment !== base?.[place]) generated[place] = comment;
    }
  }
  return generated;
}

/** Texts of several lines, such as a script, line by line. */
function joinTexts({ base, mine, generated }: NodeSides): MaybeNode {
  const texts = [base, mine, generated].map((node) =>
    isScalar(node) && typeof node.value === 'string' && node.value.includes('\n')
      ? node.value.split('\n')
      : undefined,
  );
  const [old, own, ours] = texts;
  if (!old || !own || !ours || !isScalar(mine)) return undefined;
  const merged = mergeSequences(
    { base: old, mine: own, generated: ours },
    { mayTouch: false, takesBoth: false },
  );
  if (merged.overlaps.length > 0) return undefined;
  mine.value = merged.items.join('\n');
  delete mine.source;
  return mine;
}

function mergeMaps(
  { base, mine, generated }: { base: YAMLMap | undefined; mine: YAMLMap; generated: YAMLMap },
  context: MergeContext,
): YAMLMap {
  mergeComments(base, mine, generated);
  const old = pairsByKey(base);
  const ours = pairsByKey(generated);
  const own = pairsByKey(mine);
  const kept = mine.items.filter((pair) => {
    const key = keyOf(pair);
    const [was, is] = [old.get(key), ours.get(key)];
    const value = mergeNodes(
      { base: valueOf(was), mine: valueOf(pair), generated: valueOf(is) },
      below(context, key),
    );
    if (value === undefined) return false;
    pair.value = value;
    mergeComments(was?.key as MaybeNode, pair.key as MaybeNode, is?.key as MaybeNode);
    return true;
  });
  const added = generated.items.filter((pair) => {
    const key = keyOf(pair);
    if (own.has(key)) return false;
    const sides = { base: valueOf(old.get(key)), mine: undefined, generated: valueOf(pair) };
    return mergeNodes(sides, below(context, key)) !== undefined;
  });
  mine.items = insertInOrder<Pair>(kept, added, generated.items, keyOf);
  return mine;
}

const below = ({ at, conflicts }: MergeContext, key: string): MergeContext => ({
  at: at === '' ? key : `${at}.${key}`,
  key,
  conflicts,
});

const valueOf = (pair: Pair | undefined): MaybeNode =>
  pair === undefined ? undefined : ((pair.value ?? null) as Node | null);

function pairsByKey(map: YAMLMap | undefined): Map<string, Pair> {
  return new Map(map?.items.map((pair) => [keyOf(pair), pair]));
}

/** What is added stands behind what it stands behind among the generator's. */
function insertInOrder<T>(
  kept: readonly T[],
  added: readonly T[],
  order: readonly T[],
  nameOf: (item: T) => string | undefined,
): T[] {
  const result = [...kept];
  const names = order.map(nameOf);
  for (const item of added) {
    const before = new Set(names.slice(0, names.indexOf(nameOf(item))));
    const last = result.findLastIndex((other) => before.has(nameOf(other)));
    const first = result.findIndex((other) => names.includes(nameOf(other)));
    result.splice(last === -1 ? (first === -1 ? result.length : first) : last + 1, 0, item);
  }
  return result;
}

function mergeLists(
  { base, mine, generated }: { base: YAMLSeq | undefined; mine: YAMLSeq; generated: YAMLSeq },
  context: MergeContext,
): MaybeNode {
  const sides = { base, mine, generated };
  if (isSameNode(base, mine) && isSameNode(mine, generated)) return mine;
  const lists = [mine, generated, ...(base ? [base] : [])];
  const identify = findIdentity(context.key, lists);
  if (identify) return mergeNamed(sides, identify, context);
  if (isSameNode(base, generated) || isSameNode(mine, generated)) return mine;
  return mergeUnnamed(sides, context);
}

function mergeNamed(
  { base, mine, generated }: { base: YAMLSeq | undefined; mine: YAMLSeq; generated: YAMLSeq },
  identify: Identify,
  context: MergeContext,
): YAMLSeq {
  mergeComments(base, mine, generated);
  const byName = (list: YAMLSeq | undefined) =>
    new Map(list?.items.map((item) => [identify(item), item as Node]));
  const [old, own, ours] = [byName(base), byName(mine), byName(generated)];
  const wasReordered = [...old.keys()].join('\n') !== [...own.keys()].join('\n');
  const at = (name: string | undefined) => ({ ...context, at: `${context.at}[${name ?? ''}]`, key: '' });
  const kept = mine.items.flatMap((item) => {
    const name = identify(item);
    const merged = mergeNodes(
      { base: old.get(name), mine: item as Node, generated: ours.get(name) },
      at(name),
    );
    return merged === undefined ? [] : [merged];
  });
  const added = generated.items.filter((item) => {
    const name = identify(item);
    if (own.has(name)) return false;
    return (
      mergeNodes({ base: old.get(name), mine: undefined, generated: item as Node }, at(name)) !== undefined
    );
  });
  const items = insertInOrder<unknown>(kept, added, generated.items, identify);
  const order = [...ours.keys()];
  const rank = (item: unknown) => order.indexOf(identify(item));
  const isAllOurs = items.every((item) => rank(item) !== -1);
  mine.items = wasReordered || !isAllOurs ? items : items.sort((left, right) => rank(left) - rank(right));
  return mine;
}

/** Items without names are told apart by what they say; lists of the same length, where that fails, by their places. */
function mergeUnnamed(
  { base, mine, generated }: { base: YAMLSeq | undefined; mine: YAMLSeq; generated: YAMLSeq },
  context: MergeContext,
): MaybeNode {
  const texts = (list: YAMLSeq | undefined) => (list?.items ?? []).map((item) => toCanonical(item as Node));
  const nodes = new Map(
    [...(base?.items ?? []), ...generated.items, ...mine.items].map((item) => [
      toCanonical(item as Node),
      item,
    ]),
  );
  const ordered = isOrdered(context.key);
  const merged = mergeSequences(
    { base: texts(base), mine: texts(mine), generated: texts(generated) },
    { mayTouch: !ordered, takesBoth: !ordered },
  );
  if (merged.overlaps.length === 0 && (!ordered || isSameNode(base, mine))) {
    mine.items = merged.items.map((text) => nodes.get(text));
    return mine;
  }
  const isPaired = base?.items.length === mine.items.length && mine.items.length === generated.items.length;
  if (!isPaired || ordered) {
    report(context, { base, mine, generated });
    return mine;
  }
  mine.items = mine.items.map(
    (item, index) =>
      mergeNodes(
        { base: base.items[index] as Node, mine: item as Node, generated: generated.items[index] as Node },
        { ...context, at: `${context.at}[${index}]`, key: '' },
      ) ?? item,
  );
  return mine;
}

function report({ at, conflicts }: MergeContext, { base, mine, generated }: NodeSides): void {
  conflicts.push({
    at,
    base: describeNode(base),
    mine: describeNode(mine),
    generated: describeNode(generated),
  });
}
