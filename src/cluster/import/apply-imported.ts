// Applies imported personas, several at a time and told in order; one that cannot be applied does not stop the others.
import type { KubeClient } from '../../kube/client.ts';
import { applyObject, type Applied } from '../../kube/apply.ts';
import { KubeError } from '../../kube/kube-error.ts';
import type { KubeObject } from '../../kube/objects.ts';
import { resources } from '../../kube/resources.ts';
import type { ImportedPersona } from './import-personas.ts';

/** How to apply. */
export interface ApplyImportedOptions {
  fieldManager: string;
  force: boolean;
  isDryRun: boolean;
  signal?: AbortSignal | undefined;
}

/** What came of one: applied, or refused by the API server. */
export type ImportOutcome = { imported: ImportedPersona } & (
  { applied: Applied; error?: undefined } | { applied?: undefined; error: KubeError }
);

/** Enough to hide the way to the server, few enough to leave it room for others. */
const atOnce = 8;

/** @throws what concerns every request alike: unreachable, unauthorised, interrupted */
export async function* applyImported(
  client: KubeClient,
  personas: readonly ImportedPersona[],
  options: ApplyImportedOptions,
): AsyncGenerator<ImportOutcome, void, undefined> {
  for (let start = 0; start < personas.length; start += atOnce) {
    const batch = personas.slice(start, start + atOnce);
    yield* await Promise.all(batch.map((imported) => applyOne(client, imported, options)));
  }
}

async function applyOne(
  client: KubeClient,
  imported: ImportedPersona,
  options: ApplyImportedOptions,
): Promise<ImportOutcome> {
  // A copy that is an object of the API like any other.
  const object: KubeObject = { ...imported.persona };
  try {
    return { imported, applied: await applyObject(client, resources.applicationPersonas, object, options) };
  } catch (error) {
    if (!(error instanceof KubeError) || error.httpStatus === undefined || error.httpStatus === 401)
      throw error;
    return { imported, error };
  }
}
