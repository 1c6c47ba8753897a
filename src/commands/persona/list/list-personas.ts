// The personas that `persona list` prints, page by page where it can, all at once where it must.
import { explainSelectorError } from '../../../cluster/explain-selector-error.ts';
import type { KubeClient } from '../../../kube/client.ts';
import { listObjects, listPages, type ListOptions } from '../../../kube/list.ts';
import type { KubeObject } from '../../../kube/objects.ts';
import { resources } from '../../../kube/resources.ts';
import type { ObjectOrder } from '../../printers/sort-objects.ts';

/** How they are wanted. */
export interface ListShape {
  order: ObjectOrder | undefined;
  /** All in one batch. */
  isWhole: boolean;
}

/**
 * Batches of personas, each persona once, by namespace and name or in the given order. One batch, maybe an empty one, where all are wanted at once.
 * @throws KubeError, or DorguError Preflight where the CRDs are missing
 */
export async function* listPersonas(
  client: KubeClient,
  query: ListOptions,
  { order, isWhole }: ListShape,
): AsyncGenerator<readonly KubeObject[], void, undefined> {
  try {
    if (isWhole || order !== undefined) {
      const personas = await listObjects(client, resources.applicationPersonas, query);
      yield order?.sort(personas) ?? personas;
    } else yield* listUnseen(client, query);
  } catch (error) {
    throw explainSelectorError(error);
  }
}

/** A list that begins anew in the middle (410) brings again what is printed already. */
async function* listUnseen(client: KubeClient, query: ListOptions): AsyncGenerator<readonly KubeObject[]> {
  const seen = new Set<string>();
  for await (const { items } of listPages(client, resources.applicationPersonas, query)) {
    const unseen = items.filter(
      ({ metadata: { namespace = '', name } }) => !seen.has(`${namespace}/${name}`),
    );
    for (const { metadata } of unseen) seen.add(`${metadata.namespace ?? ''}/${metadata.name}`);
    yield unseen;
  }
}
