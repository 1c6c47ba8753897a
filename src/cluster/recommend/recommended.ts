// What `recommend` knows: workloads with the advice on them, and why others have none.
import type { Advice } from '../../sizing/advice.ts';
import type { ReplayResult } from '../../sizing/replay.ts';
import type { Workload } from '../../workload/workload.ts';
import type { Unseen } from '../gather/part.ts';

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
  replay: ReplayResult | undefined;
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
