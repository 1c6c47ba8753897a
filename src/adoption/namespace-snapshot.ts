// What is read of one namespace before personas are made of its workloads.
import type { Surroundings } from '../workload/surroundings.ts';
import type { Workload } from '../workload/workload.ts';
import type { IngressSnapshot } from './ingress.ts';

/** Kinds beside workloads that say something about them. */
export const neighbourKinds = ['HorizontalPodAutoscaler', 'Service', 'Ingress'] as const;
export type NeighbourKind = (typeof neighbourKinds)[number];

/** A namespace: all its workloads, also those that nobody wants to import, because a persona may claim them too. */
export interface NamespaceSnapshot {
  name: string;
  workloads: readonly Workload[];
  surroundings: Surroundings;
  ingresses: readonly IngressSnapshot[];
  /** Kinds that could not be read: what they would say is left out. */
  unread: ReadonlySet<NeighbourKind>;
}
