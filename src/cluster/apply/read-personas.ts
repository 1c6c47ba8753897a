// Reads the personas of files, folders and stdin.
import { DorguError } from '../../api/errors.ts';
import { formatPlace } from '../../document/manifest-problem.ts';
import type { Manifests, SkippedInput } from '../../document/manifest.ts';
import { readManifests, type ReadOptions } from '../../document/read-manifests.ts';
import { toPersonaInputs } from './check-manifests.ts';
import type { PersonaInput } from './persona-input.ts';

/**
 * All of them valid, in the order of the sources.
 * @throws DorguError as readManifests does, NotAPersona, PersonaInvalid, NothingToApply
 */
export async function readPersonas(
  sources: readonly string[],
  options: Omit<ReadOptions, 'onProblem'>,
): Promise<PersonaInput[]> {
  const found = await readManifests(sources, options);
  // What a person named has to be an object; beside manifests in a folder much may lie.
  const unreadable = found.skipped.find(({ isNamed, reason }) => isNamed && reason !== 'template');
  if (unreadable !== undefined) throw createSkippedError(unreadable);
  if (found.manifests.length === 0) throw createNothingError(sources, found);
  return toPersonaInputs(found.manifests);
}

function createSkippedError({ file, line, reason }: SkippedInput): DorguError {
  const isKustomization = reason === 'kustomization';
  return new DorguError(
    'NotAPersona',
    `${formatPlace(file, { line, column: 1 })}: expected a persona, found ${isKustomization ? 'a kustomization' : 'no apiVersion or kind'}`,
    {
      hint: isKustomization
        ? 'kubectl kustomize FOLDER | kubectl dorgu persona apply -f -'
        : 'a persona begins with apiVersion: dorgu.io/v1 and kind: ApplicationPersona',
    },
  );
}

function createNothingError(sources: readonly string[], { foldersNotEntered }: Manifests): DorguError {
  const where = sources.map((source) => (source === '-' ? 'stdin' : source)).join(', ');
  return new DorguError('NothingToApply', `there is no persona in ${where}`, {
    hint:
      foldersNotEntered.length > 0
        ? '-R enters the folders below'
        : 'kubectl dorgu persona generate prints those of an application',
  });
}
