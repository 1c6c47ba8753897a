// The family health: how an application is asked whether it lives and whether it is ready.
import type { Rule } from '../rule.ts';
import { identicalProbes } from './identical-probes.ts';
import { liveness } from './liveness.ts';
import { readiness } from './readiness.ts';
import { startupWindow } from './startup-window.ts';

/** In the order of the documentation. */
export const healthRules: readonly Rule[] = [liveness, readiness, identicalProbes, startupWindow];
