// What `recommend` knows: workloads with the advice on them, and why others have none.
import type { Advice } from '../../sizing/advice.ts';
import type { Workload } from '../../workload/workload.ts';
import type { Unseen } from '../gather/part.ts';

/** What the time that was measured would have been under the advice. */
export interface Replayed {
  /** Containers that would have been killed for their memory. */
  oomKills: number;
  /** Of the windows, those in which a CPU limit would have been reached, from 0 to 1. */
  throttledShare: number;
}

/** One workload, and what its containers should ask for and be held to. */
export interface AdvisedWorkload {
  namespace: string;
  /** As it runs now. */
  workload: Workload;
  /** Names of the personas that it belongs to; empty where it has none. */
  personas: readonly string[];
  /** Who answers for it: the persona's team, else the workload's label; undefined where nobody says. */
  team: string | undefined;
  /** Pods that it is to have now. */
  replicas: number;
  /** In the order of its containers: CPU before memory, request before limit. Never empty. */
  advice: readonly Advice[];
  /** Undefined where what was measured is not at hand. */
  replay: Replayed | undefined;
}

/** Something that was asked about and that has no advice. */
export interface Silence {
  namespace: string;
  /** `persona/shop`, `deployment/shop` */
  object: string;
  /** Groups equal ones: a reason of the condition MetricsAvailable, or one of ours. */
  reason: string;
  /** In words, without the name. */
  message: string;
}

/** Everything that was found. */
export interface RecommendReport {
  /** The operator's advice in personas, or our own on what a Prometheus has. */
  origin: 'personas' | 'prometheus';
  /** Most valuable first. */
  workloads: readonly AdvisedWorkload[];
  silences: readonly Silence[];
  /** Workloads that were looked at. */
  count: number;
  /** Without a persona, so that the operator does not advise on them; 0 where Prometheus was asked. */
  withoutPersona: number;
  unseen: readonly Unseen[];
}
