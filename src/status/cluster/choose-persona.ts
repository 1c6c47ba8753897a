// Which ClusterPersona counts where there are several: the oldest, then by name.
import { compareText } from '../../api/compare-text.ts';
import { parseInstant } from '../plain-text.ts';

/** As much of a ClusterPersona as the choice needs. */
interface Candidate {
  metadata: { name: string; creationTimestamp?: string };
}

/** The one that counts; undefined where there is none. */
export function chooseClusterPersona<P extends Candidate>(personas: readonly P[]): P | undefined {
  const madeAt = ({ metadata }: P) => parseInstant(metadata.creationTimestamp) ?? Infinity;
  return personas.toSorted((left, right) => {
    const [first, second] = [madeAt(left), madeAt(right)];
    return first === second ? compareText(left.metadata.name, right.metadata.name) : first < second ? -1 : 1;
  })[0];
}
