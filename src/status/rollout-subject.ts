// What a rollout is judged by.
import type { Fields } from '../api/foreign-fields.ts';
import type { TextMap, WorkloadKind } from '../workload/workload.ts';

/** What is judged: a Workload, or as much of one. */
export interface RolloutSubject {
  kind: WorkloadKind;
  generation?: number;
  createdAt?: string;
  annotations?: TextMap;
  spec: Fields;
  status: Fields;
}
