// Asks the API server once whether what is to be watched can be watched at all, for its answer is the truth about rights, kinds and selectors.
import type { KubeClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/kube-error.ts';
import { listPages } from '../../kube/list.ts';
import type { Resource } from '../../kube/resources.ts';
import { explainSelectorError } from '../explain-selector-error.ts';

/** What would be listed. */
export interface Readable {
  resource: Resource;
  namespace: string | undefined;
  labelSelector: string | undefined;
  fieldSelector: string | undefined;
}

/**
 * Resolves where the API server lists it.
 * @throws KubeError as the API server says it, CrdsMissing too; DorguError BadFlagValue for a selector that it does not take
 */
export async function confirmReadable(
  client: KubeClient,
  wanted: readonly Readable[],
  signal: AbortSignal,
): Promise<void> {
  await Promise.all(wanted.map((one) => confirmOne(client, one, signal)));
}

async function confirmOne(client: KubeClient, readable: Readable, signal: AbortSignal): Promise<void> {
  const { resource, ...selection } = readable;
  const pages = listPages(client, resource, { ...selection, limit: 1, isMetadataOnly: true, signal });
  try {
    await pages.next();
  } catch (error) {
    throw explainSelectorError(error);
  } finally {
    await pages.return();
  }
}

/** Whether asking again later may go better: the way was broken, or the server busy. A no of the server stays one. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof KubeError)) return false;
  return error.httpStatus === undefined || error.httpStatus === 429 || error.httpStatus >= 500;
}
