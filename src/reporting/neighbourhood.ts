// What stands around workloads, by namespace, and which file says so.
import type { Manifest } from '../document/manifest.ts';
import type { Surroundings } from '../workload/surroundings.ts';
import { formatObject, nameObject } from './object-name.ts';
import type { Neighbour } from './sort-manifests.ts';

/** Looks up what is around a namespace; an object without a namespace is around every one. */
export interface Neighbourhood {
  around: (namespace: string) => Surroundings;
  /** The manifest of `HorizontalPodAutoscaler/shop`; undefined where the input does not hold it. */
  find: (object: string, namespace: string) => Manifest | undefined;
}

export function createNeighbourhood(neighbours: readonly Neighbour[]): Neighbourhood {
  const known = new Map<string, Surroundings>();
  const byName = new Map<string, Neighbour[]>();
  for (const neighbour of neighbours) {
    const name = formatObject(nameObject(neighbour.manifest, ''));
    byName.set(name, [...(byName.get(name) ?? []), neighbour]);
  }
  return {
    around: (namespace) => {
      const found =
        known.get(namespace) ?? gather(neighbours.filter((neighbour) => isNear(neighbour, namespace)));
      known.set(namespace, found);
      return found;
    },
    find: (object, namespace) =>
      byName.get(object)?.find((neighbour) => isNear(neighbour, namespace))?.manifest,
  };
}

const isNear = (neighbour: Neighbour, namespace: string) =>
  neighbour.namespace === namespace || neighbour.namespace === '' || namespace === '';

function gather(neighbours: readonly Neighbour[]): Surroundings {
  return {
    autoscalers: neighbours.flatMap(({ surroundings }) => surroundings.autoscalers),
    disruptionBudgets: neighbours.flatMap(({ surroundings }) => surroundings.disruptionBudgets),
    services: neighbours.flatMap(({ surroundings }) => surroundings.services),
  };
}
