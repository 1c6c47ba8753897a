// Reads what check is asked to judge: manifests, personas and a ClusterPersona of their own files.
import { DorguError } from '../../api/errors.ts';
import { applicationPersonaKind, clusterPersonaKind } from '../../api/group-version.ts';
import type { ManifestProblem } from '../../document/manifest-problem.ts';
import { readManifests } from '../../document/read-manifests.ts';
import type { Manifests } from '../../document/manifest.ts';
import type { CheckInput } from '../../reporting/judge-manifests.ts';
import type { Invocation } from '../invocation.ts';

/** What the command line names. */
export interface CheckSources {
  files: readonly string[];
  personas?: readonly string[] | undefined;
  clusterPersonas?: readonly string[] | undefined;
  recursive: boolean;
  /** Where objects without one belong. */
  namespace?: string | undefined;
}

/** The input and what could not be entered. Throws DorguError NotFound for a file that is not there, NothingToCheck where nothing was found. */
export async function readCheckInput(
  { files, personas = [], clusterPersonas = [], recursive, namespace = '' }: CheckSources,
  { cwd, stdin, signal }: Pick<Invocation, 'cwd' | 'stdin' | 'signal'>,
): Promise<{ input: CheckInput; foldersNotEntered: readonly string[] }> {
  const problems: ManifestProblem[] = [];
  const onProblem = (problem: ManifestProblem) => void problems.push(problem);
  const read = (sources: readonly string[]) =>
    readManifests(sources, { cwd, stdin, signal, recursive, onProblem });
  const found = await read(files);
  if (found.manifests.length === 0 && problems.length === 0) throw createEmptyError(found);
  const named = await read(personas);
  const clusterNamed = await read(clusterPersonas);
  if (problems.length === 0) {
    assertKind(named, personas, applicationPersonaKind);
    assertKind(clusterNamed, clusterPersonas, clusterPersonaKind);
  }
  const input = {
    manifests: found.manifests,
    personaManifests: named.manifests,
    clusterPersonaManifests: clusterNamed.manifests,
    namespace,
    skipped: [...found.skipped, ...named.skipped, ...clusterNamed.skipped],
    problems,
    fileCount: found.fileCount,
  };
  return { input, foldersNotEntered: found.foldersNotEntered };
}

/** A persona that was named and is none would judge nothing, and nobody would notice. */
function assertKind({ manifests }: Manifests, sources: readonly string[], kind: string): void {
  if (sources.length === 0 || manifests.some(({ object }) => object['kind'] === kind)) return;
  throw new DorguError('NothingToCheck', `expected ${kind} in ${sources.join(', ')}, found none`, {
    hint: `name a file that holds a document of kind: ${kind}`,
  });
}

function createEmptyError({ skipped, foldersNotEntered }: Manifests): DorguError {
  const [folder] = foldersNotEntered;
  const isTemplate = skipped.some(({ reason }) => reason === 'template');
  const isKustomization = skipped.some(({ reason }) => reason === 'kustomization');
  return new DorguError('NothingToCheck', 'expected manifests of Kubernetes, found none', {
    hint:
      folder !== undefined
        ? `-R enters folders below, such as ${folder}`
        : isTemplate
          ? 'templates are not YAML: helm template . | kubectl dorgu check -'
          : isKustomization
            ? 'kubectl kustomize . | kubectl dorgu check -'
            : 'name files or folders with *.yaml, *.yml or *.json, or - for stdin',
  });
}
