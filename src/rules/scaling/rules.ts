// The family scaling: how many replicas, and who decides.
import type { Rule } from '../rule.ts';
import { duplicateHpa } from './duplicate-hpa.ts';
import { hpaBounds } from './hpa-bounds.ts';
import { hpaMissing } from './hpa-missing.ts';
import { hpaTargetMissing } from './hpa-target-missing.ts';
import { hpaWithoutRequests } from './hpa-without-requests.ts';
import { paused } from './paused.ts';
import { replicasAboveMax } from './replicas-above-max.ts';
import { replicasBelowMin } from './replicas-below-min.ts';
import { replicas } from './replicas.ts';
import { staticReplicasWithHpa } from './static-replicas-with-hpa.ts';

/** In the order of the documentation. */
export const scalingRules: readonly Rule[] = [
  replicasBelowMin,
  replicasAboveMax,
  replicas,
  paused,
  hpaBounds,
  staticReplicasWithHpa,
  hpaWithoutRequests,
  hpaTargetMissing,
  duplicateHpa,
  hpaMissing,
];
