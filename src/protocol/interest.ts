// Whether an item is meant by an interest, as far as its name tells; labels are looked at where the object is.
import type { Interest, Topic } from './messages.ts';

/** What decides: of an item of topic events, its persona's. */
interface Place {
  namespace?: string;
  name: string;
}

/** Namespace and name. A namespace says nothing of topic cluster, whose objects have none: as with kubectl. */
export function isMeant(topic: Topic, { namespace, name }: Interest, place: Place): boolean {
  if (name !== undefined && name !== place.name) return false;
  return topic === 'cluster' || namespace === undefined || namespace === place.namespace;
}
