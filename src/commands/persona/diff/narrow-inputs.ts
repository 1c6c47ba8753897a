// Which of several personas NAME means.
import { DorguError } from '../../../api/errors.ts';
import type { PersonaInput } from '../../../cluster/apply/persona-input.ts';

/** The personas of source or files that are called so; all where there is no name. @throws DorguError NotFound */
export function narrowInputs(inputs: readonly PersonaInput[], name: string | undefined): PersonaInput[] {
  if (name === undefined) return [...inputs];
  const named = inputs.filter(({ object }) => object.metadata.name === name);
  if (named.length > 0) return named;
  const names = inputs.map(({ object }) => object.metadata.name);
  throw new DorguError(
    'NotFound',
    `expected a persona called ${JSON.stringify(name)} there, found ${names.join(', ')}`,
    {
      hint: 'kubectl dorgu persona diff PATH, without a NAME, compares them all',
    },
  );
}
