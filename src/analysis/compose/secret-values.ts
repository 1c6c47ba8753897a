// The secret values of a project, so that commands which repeat one can be recognised; they never leave this room.
import { isSecret } from '../../application/secret-names.ts';
import type { Variables } from './interpolate.ts';
import { entriesOf, entryOf, textOf, type ComposeNode } from './node.ts';

/** Shorter values are words as often as secrets. */
const MIN_LENGTH = 6;

/** Values of variables that are secret and are not used as a name or a setting as well. */
export function collectSecretValues(services: ComposeNode | undefined, variables: Variables): Set<string> {
  const secret = new Set<string>();
  const plain = new Set<string>();
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined && value.length >= MIN_LENGTH)
      (isSecret(name, value) ? secret : plain).add(value);
  };
  for (const [name, value] of variables) add(name, value);
  for (const [service, node] of entriesOf(services)) {
    plain.add(service);
    for (const [name, value] of entriesOf(entryOf(node, 'environment'))) add(name, textOf(value));
  }
  return new Set([...secret].filter((value) => !plain.has(value) && !value.startsWith('/')));
}
