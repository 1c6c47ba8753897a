// The objects around a workload that rules look at: what scales it, what protects it, what leads to it.
import type { Selector, TextMap } from './workload.ts';

/** What scales a workload: a HorizontalPodAutoscaler or KEDA's ScaledObject. */
export interface Autoscaler {
  kind: 'HorizontalPodAutoscaler' | 'ScaledObject';
  name: string;
  target: { apiVersion: string; kind: string; name: string };
  /** As written; undefined where absent (an autoscaler's minimum is then 1). */
  minReplicas: unknown;
  maxReplicas: unknown;
  /** Targets in percent of the request, where it scales by use. */
  targetCPU: number | undefined;
  targetMemory: number | undefined;
  /** Resources of the pods that it measures against requests: `cpu`, `memory`. */
  measuredResources: readonly string[];
  /** What it aims at in single containers (ContainerResource metrics), in percent of their requests; left out where it looks at none. */
  containerTargets?: readonly { container: string; resource: string; utilization: number | undefined }[];
}

/** A PodDisruptionBudget. */
export interface DisruptionBudget {
  name: string;
  selector: Selector | undefined;
  /** As written; undefined where absent. */
  minAvailable: unknown;
  maxUnavailable: unknown;
}

/** A Service. */
export interface ServiceSnapshot {
  name: string;
  /** Undefined where it selects nothing by itself. */
  selector: TextMap | undefined;
  ports: readonly {
    name: string | undefined;
    port: unknown;
    targetPort: number | string | undefined;
    protocol: string;
  }[];
}

/** Everything of the workload's namespace that rules look at; already narrowed to what targets or selects the workload, or not: rules match themselves. */
export interface Surroundings {
  autoscalers: readonly Autoscaler[];
  disruptionBudgets: readonly DisruptionBudget[];
  services: readonly ServiceSnapshot[];
  /** Every workload of the namespace; undefined where not all are known. An autoscaler's target is looked for among them. */
  workloads?: readonly { kind: string; name: string }[];
}
