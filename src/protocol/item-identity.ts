// Which object an item is of: read from it, and told apart from others of its topic.
import type { ItemOf } from './items.ts';
import type { Topic } from './messages.ts';
import { wordAt } from './foreign-words.ts';

/** Name, namespace and version of a foreign object; undefined where it is none. */
export function readIdentity(
  object: unknown,
): { namespace: string; name: string; resourceVersion: string } | undefined {
  const name = wordAt(object, 'metadata', 'name');
  const resourceVersion = wordAt(object, 'metadata', 'resourceVersion');
  if (name === '' || resourceVersion === '') return undefined;
  return { namespace: wordAt(object, 'metadata', 'namespace'), name, resourceVersion };
}

/** What an item is known by among those of its topic: `shop/cart`, `production`, `validation shop/cart`, `occurrence shop/cart.17a`. */
export function keyOf<T extends Topic>(topic: T, item: ItemOf[T]): string;
export function keyOf(_topic: Topic, item: ItemOf[Topic]): string {
  if (!('namespace' in item)) return item.name;
  if (!('kind' in item)) return `${item.namespace}/${item.name}`;
  const name = item.kind === 'occurrence' ? item.eventName : item.name;
  return `${item.kind} ${item.namespace}/${name}`;
}
