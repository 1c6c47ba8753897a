// Which ClusterPersona counts where there are several.
import { compareText } from '../../api/compare-text.ts';
import type { ClusterPersona } from '../../api/personas.ts';

/** The oldest, then the first by name; undefined for none. */
export function findCountingClusterPersona(personas: readonly ClusterPersona[]): ClusterPersona | undefined {
  return personas.toSorted(
    (left, right) =>
      compareText(left.metadata.creationTimestamp ?? '', right.metadata.creationTimestamp ?? '') ||
      compareText(left.metadata.name, right.metadata.name),
  )[0];
}
