// The family resources: what containers ask for and are held to.
import type { Rule } from '../rule.ts';
import { limitAbovePersona } from './limit-above-persona.ts';
import { limitMissing } from './limit-missing.ts';
import { quantity } from './quantity.ts';
import { requestAboveLimit } from './request-above-limit.ts';
import { requestBelowPersona } from './request-below-persona.ts';
import { requestMissing } from './request-missing.ts';
import { usageVsRequest } from './usage-vs-request.ts';

/** In the order of the documentation. */
export const resourceRules: readonly Rule[] = [
  limitAbovePersona,
  limitMissing,
  requestMissing,
  requestBelowPersona,
  requestAboveLimit,
  usageVsRequest,
  quantity,
];
