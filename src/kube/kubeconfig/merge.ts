// Several kubeconfig files as one, as kubectl merges them: of entries with one name the first file's counts, whole.
import { sortByName } from './decode-fields.ts';
import { emptyKubeconfig, type Kubeconfig } from './kubeconfig.ts';

/** The files as one, in order of precedence. */
export function mergeKubeconfigs(files: readonly Kubeconfig[]): Kubeconfig {
  return files.reduce<Kubeconfig>(
    (merged, file) => ({
      clusters: mergeEntries(merged.clusters, file.clusters),
      users: mergeEntries(merged.users, file.users),
      contexts: mergeEntries(merged.contexts, file.contexts),
      currentContext: merged.currentContext || file.currentContext,
      preferences: mergePreferences(merged.preferences, file.preferences),
      extensions: mergeEntries(merged.extensions, file.extensions),
    }),
    emptyKubeconfig,
  );
}

function mergeEntries<T>(first: ReadonlyMap<string, T>, second: ReadonlyMap<string, T>): Map<string, T> {
  return new Map([...second, ...first]);
}

function mergePreferences(
  first: Kubeconfig['preferences'],
  second: Kubeconfig['preferences'],
): Kubeconfig['preferences'] {
  const named = [...(second.extensions ?? []), ...(first.extensions ?? [])].map(
    (extension) => [extension.name, extension] as const,
  );
  return {
    ...(first.colors || second.colors ? { colors: true } : {}),
    ...(named.length === 0 ? {} : { extensions: sortByName([...new Map(named).values()]) }),
  };
}
