// What a rule is given: everything is gathered first, so that every rule is a pure function of it.
import type { EffectiveApplicationPersona, EffectiveClusterPersona } from '../api/personas.ts';
import type { Autoscaler, Surroundings } from '../workload/surroundings.ts';
import type { TextMap, Workload } from '../workload/workload.ts';

/** One persona with one of its workloads. */
export interface RuleInput {
  persona: EffectiveApplicationPersona;
  workload: Workload;
  /** Undefined where other objects cannot be seen (admission of a CREATE): rules that need them do not apply then. */
  surroundings: Surroundings | undefined;
  /** What is known where surroundings are not: autoscalers that are there before the workload is created. */
  autoscalers?: readonly Autoscaler[];
  /** The ClusterPersona that counts; undefined where there is none. */
  clusterPersona: EffectiveClusterPersona | undefined;
  /** Labels of the workload's namespace; empty where unknown. */
  namespaceLabels: TextMap;
  /** Names of other personas of the namespace that claim the same workload by the same rung. */
  rivals: readonly string[];
  /** The kinds of the cluster that runs the workload's neighbours, or of a folder: a folder has no managers of fields. */
  source: 'cluster' | 'file' | 'admission';
}
