// What a command line of `persona delete` means: names, files, a selector or all, one of them.
import { chooseNamespaces } from '../../../cluster/apply/choose-namespaces.ts';
import { readPersonas } from '../../../cluster/apply/read-personas.ts';
import { findNamed, findSelected, type Doomed } from '../../../cluster/delete/find-doomed.ts';
import type { KubeClient } from '../../../kube/client.ts';
import { resources } from '../../../kube/resources.ts';
import type { Invocation } from '../../invocation.ts';
import { createUsageError } from '../../usage-error.ts';
import { parsePersonaName } from '../persona-name.ts';
import type { DeletionChoice } from './flags.ts';

const COMMAND = 'persona delete';

/** @throws DorguError (usage) where nothing is chosen, or in two ways at once */
export function assertOneChoice(choice: DeletionChoice): void {
  const { flags } = choice;
  const ways = listWays(choice);
  if (ways.length === 0) throw fail('expected names, -f, -l or --all: which personas are meant is not said');
  if (ways.length > 1)
    throw fail(`expected one of names, -f, a selector and --all, found ${ways.join(' and ')}`);
  if (flags['all-namespaces'] && (ways[0] === 'names' || ways[0] === '-f'))
    throw fail('-A goes with -l, --field-selector or --all: a name stands for one namespace');
  if (flags.recursive && ways[0] !== '-f') throw fail('-R goes with -f');
}

function listWays({ names, flags }: DeletionChoice): string[] {
  const isSelected = flags.selector !== undefined || flags['field-selector'] !== undefined;
  const ways: Record<string, boolean> = {
    names: names.length > 0,
    '-f': flags.filename !== undefined,
    'a selector': isSelected,
    '--all': flags.all,
  };
  return Object.keys(ways).filter((way) => ways[way]);
}

const fail = (message: string) => createUsageError('BadArguments', message, COMMAND);

/** The live personas. @throws DorguError, KubeError */
export async function findChosen(
  client: KubeClient,
  { names, flags }: DeletionChoice,
  { cwd, stdin, signal }: Invocation,
): Promise<Doomed[]> {
  const how = { isMissingFine: flags['ignore-not-found'], signal };
  if (names.length > 0) {
    const unique = new Set(names.map((name) => parsePersonaName(name, COMMAND)));
    const resource = resources.applicationPersonas;
    const named = [...unique].map((name) => ({ resource, name, namespace: client.namespace }));
    return findNamed(client, named, how);
  }
  if (flags.filename !== undefined) {
    const inputs = await readPersonas(flags.filename, { cwd, stdin, signal, recursive: flags.recursive });
    const placed = chooseNamespaces(inputs, { asked: flags.namespace, fallback: client.namespace });
    return findNamed(
      client,
      placed.map(({ resource, object: { metadata } }) => ({
        resource,
        name: metadata.name,
        namespace: metadata.namespace,
      })),
      how,
    );
  }
  return findSelected(client, {
    namespace: flags['all-namespaces'] ? undefined : client.namespace,
    labelSelector: flags.selector,
    fieldSelector: flags['field-selector'],
    signal,
  });
}
