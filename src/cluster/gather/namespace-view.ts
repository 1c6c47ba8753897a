// What judging personas needs of one namespace, as values: nothing here asks the cluster.
import type { ApplicationPersona, ClusterPersona } from '../../api/personas.ts';
import type { KubeObject } from '../../kube/objects.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import type { TextMap, Workload } from '../../workload/workload.ts';
import type { Unseen } from './part.ts';

/** One namespace. */
export interface NamespaceView {
  namespace: string;
  /** Empty where they could not be read. */
  labels: TextMap;
  personas: readonly ApplicationPersona[];
  /** Everything that runs pods and that nothing else of these kinds has made. */
  workloads: readonly Workload[];
  /** Jobs that a CronJob or something else has made, newest first. */
  madeJobs: readonly Workload[];
  surroundings: Surroundings;
  /** HorizontalPodAutoscalers and ScaledObjects as they are, for their status. */
  autoscalerObjects: readonly KubeObject[];
  /** The one that counts; undefined where there is none, or none to be seen. */
  clusterPersona: ClusterPersona | undefined;
  /** What could not be read. */
  unseen: readonly Unseen[];
}
