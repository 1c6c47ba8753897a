// Reads a list page by page into a result, so that the objects themselves are never all in memory.
import type { KubeClient } from '../kube/client.ts';
import { listPages, type ListOptions } from '../kube/list.ts';
import type { Resource } from '../kube/resources.ts';

/** Folds a list: `start` makes an empty result, again where a list has to begin anew; `add` takes one object. @throws KubeError */
export async function foldList<R>(
  client: KubeClient,
  resource: Resource,
  options: ListOptions,
  start: () => R,
  add: (result: R, object: unknown) => void,
): Promise<R> {
  let result = start();
  for await (const { items, restarted } of listPages(client, resource, options)) {
    if (restarted) result = start();
    for (const item of items) add(result, item);
  }
  return result;
}
