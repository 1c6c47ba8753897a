// Which container of a pod is the application itself.
import type { Container, Workload } from './workload.ts';

/** kubectl's annotation for the container that is meant where none is named. */
const defaultContainer = 'kubectl.kubernetes.io/default-container';

/** The container that the annotation names, else the one named like the persona, else the first; sidecars and init containers never. Undefined where there is none. */
export function findMainContainer(workload: Workload, personaName: string): Container | undefined {
  const annotated = workload.pod.annotations.get(defaultContainer);
  let named: Container | undefined;
  let first: Container | undefined;
  for (const container of workload.pod.containers) {
    if (container.role !== 'container') continue;
    if (container.name === annotated) return container;
    if (container.name === personaName) named ??= container;
    first ??= container;
  }
  return named ?? first;
}
