// The family availability: that some replicas run whatever happens to nodes.
import type { Rule } from '../rule.ts';
import { pdbBlocksDrain } from './pdb-blocks-drain.ts';
import { pdb } from './pdb.ts';
import { spread } from './spread.ts';

/** In the order of the documentation. */
export const availabilityRules: readonly Rule[] = [pdb, pdbBlocksDrain, spread];
