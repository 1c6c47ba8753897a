// What `persona apply` applies: the personas of files, or those of an application's source.
import { chooseNamespaces } from '../../../cluster/apply/choose-namespaces.ts';
import { findPersonaResource, type PersonaInput } from '../../../cluster/apply/persona-input.ts';
import { readPersonas } from '../../../cluster/apply/read-personas.ts';
import type { KubeObject } from '../../../kube/objects.ts';
import type { KubernetesObject } from '../../../manifests/generated-file.ts';
import type { Invocation } from '../../invocation.ts';
import { createUsageError } from '../../usage-error.ts';
import { planFromSource } from '../plan-from-source.ts';
import type { SourceFlagValues } from '../source-flags.ts';

/** The parts of the command line that say what to apply. */
export interface InputChoice {
  path: string | undefined;
  flags: SourceFlagValues & { filename?: string[] | undefined; recursive: boolean };
  /** The connection's namespace. */
  fallback: string;
}

const COMMAND = 'persona apply';

/** All valid, each in its namespace. @throws DorguError */
export async function readInputs(
  { path, flags, fallback }: InputChoice,
  invocation: Invocation,
): Promise<PersonaInput[]> {
  const { filename = [], recursive, namespace } = flags;
  if (filename.length === 0) {
    if (recursive) throw createUsageError('BadArguments', '-R goes with -f', COMMAND);
    const { personas, options } = await planFromSource(path ?? '.', flags, invocation);
    const inputs = personas.map((persona) => toInput(persona, path ?? '.'));
    return options.namespace.source === 'default' ? inputs.map((input) => moveTo(fallback, input)) : inputs;
  }
  if (path !== undefined)
    throw createUsageError(
      'BadArguments',
      `expected either an application's folder or -f, found both: ${JSON.stringify(path)} and -f ${filename.join(' -f ')}`,
      COMMAND,
    );
  const { cwd, stdin, signal } = invocation;
  const inputs = await readPersonas(filename, { cwd, stdin, signal, recursive });
  return chooseNamespaces(inputs, { asked: namespace, fallback });
}

// The application's own name is a guess of generate's; a person at a cluster has a context, and every other command looks there.
function moveTo(namespace: string, input: PersonaInput): PersonaInput {
  const { object } = input;
  return { ...input, object: { ...object, metadata: { ...object.metadata, namespace } } };
}

function toInput(persona: KubernetesObject, place: string): PersonaInput {
  const resource = findPersonaResource(persona.kind);
  if (resource === undefined) throw new TypeError(`${persona.kind} was made from source`);
  const object: KubeObject = persona;
  return { object, resource, place };
}
