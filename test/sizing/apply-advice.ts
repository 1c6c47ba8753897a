// Follows advice as people would: applies the patches that are printed to the objects they are for.
import { parse } from 'yaml';
import { toPatch } from '../../src/sizing/patch/to-patch.ts';
import type { Advice } from '../../src/sizing/advice.ts';
import type { JsonOperation } from '../../src/sizing/patch/json-patch.ts';
import { toWorkload } from './measured.ts';

type Node = Record<string, unknown>;

/** RFC 6902, as far as patches of ours go; throws where a test fails or a place is not there. */
export function applyJsonPatch(object: unknown, operations: readonly JsonOperation[]): unknown {
  const copy = structuredClone(object);
  for (const operation of operations) {
    const steps = operation.path.slice(1).split('/');
    const last = steps.pop()!;
    const parent = steps.reduce<unknown>((node, step) => (node as Node)[step], copy) as Node | undefined;
    if (parent === undefined) throw new Error(`${operation.path}: there is no such place`);
    if (operation.op === 'add') parent[last] = operation.value;
    else if (operation.op === 'remove') {
      if (!(last in parent)) throw new Error(`${operation.path}: nothing to remove`);
      Reflect.deleteProperty(parent, last);
    } else if (parent[last] !== operation.value)
      throw new Error(`${operation.path}: not ${String(operation.value)}`);
  }
  return copy;
}

/** Maps are merged, null removes, lists of containers are merged by name: as Kubernetes merges a patch into a workload. */
export function applyStrategicMerge(target: unknown, patch: unknown): unknown {
  if (Array.isArray(patch)) {
    const merged = [...((target ?? []) as Node[])];
    for (const item of patch as Node[]) {
      const at = merged.findIndex(({ name }) => name === item['name']);
      if (at < 0) merged.push(item);
      else merged[at] = applyStrategicMerge(merged[at], item) as Node;
    }
    return merged;
  }
  if (typeof patch !== 'object' || patch === null) return patch;
  const result: Node = { ...(target as Node | undefined) };
  for (const [field, value] of Object.entries(patch))
    if (value === null) Reflect.deleteProperty(result, field);
    else result[field] = applyStrategicMerge(result[field], value);
  return result;
}

/** The object once all of the advice is followed, by the JSON patch. */
export function follow(object: unknown, advice: readonly Advice[]): unknown {
  const text = toPatch('json', toWorkload(object), advice);
  return text === '' ? object : applyJsonPatch(object, JSON.parse(text) as JsonOperation[]);
}

/** The same by the patch for kustomize. */
export function followKustomize(object: unknown, advice: readonly Advice[]): unknown {
  const text = toPatch('kustomize', toWorkload(object), advice);
  if (text === '') return object;
  const patch: unknown = parse(text);
  return Array.isArray(patch)
    ? applyJsonPatch(object, patch as JsonOperation[])
    : applyStrategicMerge(object, patch);
}
