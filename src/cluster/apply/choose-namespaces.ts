// Which namespace each persona goes to: -n, else its own, else the context's.
import { DorguError } from '../../api/errors.ts';
import type { KubeObject } from '../../kube/objects.ts';
import type { PersonaInput } from './persona-input.ts';

/** `asked` is what -n says, `fallback` the connection's. */
export interface NamespaceChoice {
  asked: string | undefined;
  fallback: string;
}

/** The inputs, each in its namespace. @throws DorguError NamespaceMismatch (usage) where -n and an object disagree */
export function chooseNamespaces(
  inputs: readonly PersonaInput[],
  { asked, fallback }: NamespaceChoice,
): PersonaInput[] {
  return inputs.map((input) => {
    const { namespace: own, ...metadata } = input.object.metadata;
    if (!input.resource.isNamespaced) return withMetadata(input, metadata);
    if (own !== undefined && asked !== undefined && own !== asked)
      throw createMismatchError(input, own, asked);
    return withMetadata(input, { ...metadata, namespace: own ?? asked ?? fallback });
  });
}

function withMetadata(input: PersonaInput, metadata: KubeObject['metadata']): PersonaInput {
  return { ...input, object: { ...input.object, metadata } };
}

function createMismatchError({ place, object }: PersonaInput, own: string, asked: string): DorguError {
  return new DorguError(
    'NamespaceMismatch',
    `${place}: the namespace ${JSON.stringify(own)} of ${object.kind} ${object.metadata.name} does not match -n ${asked}`,
    { hint: `-n ${own}, or take metadata.namespace out of the file` },
  );
}
