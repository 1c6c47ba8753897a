// Personas as they are in the cluster, and as applying others would make them: the API server does the merging, and nothing is written.
import type { KubeClient } from '../kube/client.ts';
import type { KubeObject } from '../kube/objects.ts';
import { findObject } from '../kube/read.ts';
import { applyPersonas, type PersonaApplyOptions } from './apply/apply-personas.ts';
import type { PersonaInput } from './apply/persona-input.ts';

/** One persona before and after. */
export interface ComparedPersona {
  input: PersonaInput;
  /** Undefined where the cluster has none. */
  before: KubeObject | undefined;
  after: KubeObject;
}

/** Server-side dry runs, one after the other. @throws as {@link applyPersonas} does */
export async function* comparePersonas(
  client: KubeClient,
  inputs: readonly PersonaInput[],
  options: Omit<PersonaApplyOptions, 'dryRun'>,
): AsyncGenerator<ComparedPersona, void, undefined> {
  for await (const { input, object } of applyPersonas(client, inputs, { ...options, dryRun: 'server' })) {
    const before = await findObject(client, input.resource, input.object.metadata, {
      signal: options.signal,
    });
    yield { input, before, after: object };
  }
}
