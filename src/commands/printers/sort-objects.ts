// --sort-by: objects in the order of one of their fields, as kubectl sorts them.
import { compareText } from '../../api/compare-text.ts';
import type { KubeObject } from '../../kube/objects.ts';
import { compareQuantities, parseQuantity, toQuantity } from '../../quantity/index.ts';
import { createPath, type JsonValue } from '../../ui/jsonpath/jsonpath.ts';
import { createUsageError } from '../usage-error.ts';

/** Sorts by path. */
export interface ObjectOrder {
  /** @throws DorguError BadFlagValue (usage) where no object has the field, or where it has no order */
  sort(objects: readonly KubeObject[]): KubeObject[];
}

/**
 * The order by a path such as `.metadata.name`; objects without the field come first.
 * @throws DorguError BadTemplate (usage) for a path that cannot be read
 */
export function createObjectOrder(path: string, command: string): ObjectOrder {
  const find = createPath(path);
  return {
    sort: (objects) => {
      // Everything in an object came as JSON.
      const keyed = objects.map((object) => ({ object, key: find(object as JsonValue)[0] }));
      if (objects.length > 0 && keyed.every(({ key }) => key === undefined))
        throw fail(`--sort-by ${path}: none of them has this field`, command);
      if (keyed.some(({ key }) => typeof key === 'object' && key !== null))
        throw fail(`--sort-by ${path}: expected a text or a number, found an object`, command);
      const compareTexts = chooseTextOrder(keyed.map(({ key }) => key));
      return keyed
        .sort((left, right) => compareKeys(left.key, right.key, compareTexts))
        .map(({ object }) => object);
    },
  };
}

type Key = JsonValue | undefined;

const fail = (message: string, command: string) =>
  createUsageError('BadFlagValue', message, command, '--sort-by .metadata.name');

type TextOrder = (left: string, right: string) => number;

function compareKeys(left: Key, right: Key, compareTexts: TextOrder): number {
  const rank = rankOf(left) - rankOf(right);
  if (rank !== 0) return rank;
  if (typeof left === 'string' && typeof right === 'string') return compareTexts(left, right);
  return Number(left ?? 0) - Number(right ?? 0);
}

function rankOf(key: Key): number {
  return [undefined, 'object', 'boolean', 'number', 'string'].indexOf(key === undefined ? key : typeof key);
}

/** Quantities by what they are worth, where all texts are quantities; else by letter. */
function chooseTextOrder(keys: readonly Key[]): TextOrder {
  const areQuantities = keys.every((key) => typeof key !== 'string' || parseQuantity(key).ok);
  if (!areQuantities) return compareText;
  return (left, right) => compareQuantities(toQuantity(left), toQuantity(right));
}
