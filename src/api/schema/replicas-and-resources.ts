// What both kinds say about size: requests and limits, replicas and autoscaling.
import { compareQuantities, toQuantity } from '../../quantity/index.ts';
import { maxReplicas } from '../limits.ts';
import { resourceProfiles, scalingBehaviors } from '../vocabulary.ts';
import { celIsReadable, quantity } from './amounts.ts';
import { choice, integer, object, withoutDefault } from './builders.ts';
import { rule } from './cross-field-rule.ts';
import type { CrossFieldRule } from './cross-field-rule.ts';
import type { Schema } from './schema.ts';

/** CPU and memory of one container. */
export function resourceAmounts(description: string): Schema {
  return object('ResourceAmounts', description, {
    cpu: quantity('CPU in cores, as a Kubernetes quantity: `250m` is a quarter of a core.'),
    memory: quantity('Memory in bytes, as a Kubernetes quantity: `64Mi` is 64 times 2^20 bytes.'),
  });
}

type Amounts = Partial<Record<'cpu' | 'memory', string | number>>;

/** For an object with two {@link resourceAmounts}: the one under `less` may not be over the one under `more`. */
export function amountsInOrder(less: string, more: string): CrossFieldRule[] {
  return (['cpu', 'memory'] as const).map((resource) => {
    const [left, right] = [`self.${less}.${resource}`, `self.${more}.${resource}`];
    return rule<Record<string, Amounts | undefined>>(
      `!has(self.${less}) || !has(${left}) || !has(self.${more}) || !has(${right}) || ` +
        `!(${celIsReadable(left)}) || !(${celIsReadable(right)}) || ` +
        `quantity(string(${left})).compareTo(quantity(string(${right}))) <= 0`,
      `${less}.${resource} must not be greater than ${more}.${resource}`,
      (value) => isInOrder(value[less]?.[resource], value[more]?.[resource]),
      `.${less}.${resource}`,
    );
  });
}

function isInOrder(less: string | number | undefined, more: string | number | undefined): boolean {
  if (!isExact(less) || !isExact(more)) return true;
  return compareQuantities(toQuantity(less), toQuantity(more)) <= 0;
}

/** A number over 2^53 has lost digits before we saw it: nothing is said about its order. */
function isExact(value: string | number | undefined): value is string | number {
  return typeof value === 'string' || Number.isSafeInteger(value);
}

/** Requests, limits and a named profile for the main container. */
export function resources(description: string): Schema {
  return object(
    'Resources',
    description,
    {
      requests: resourceAmounts('What the scheduler sets aside for the container.'),
      limits: resourceAmounts('What the container may use at most.'),
      profile: choice('A named size for what requests and limits leave open.', resourceProfiles),
    },
    amountsInOrder('requests', 'limits'),
  );
}

const replicasInOrder = rule<{ minReplicas?: number; maxReplicas?: number }>(
  '!has(self.minReplicas) || !has(self.maxReplicas) || self.minReplicas <= self.maxReplicas',
  'minReplicas must not be greater than maxReplicas',
  ({ minReplicas, maxReplicas: most }) =>
    minReplicas === undefined || most === undefined || minReplicas <= most,
  '.minReplicas',
);

const behavior = choice('How fast the autoscaler follows the load.', scalingBehaviors, 'balanced');

const scalingFields = {
  minReplicas: integer('The fewest replicas; 0 allows a scale to zero.', 0, maxReplicas),
  maxReplicas: integer('The most replicas.', 1, maxReplicas),
  targetCPU: integer('CPU use that the autoscaler aims at, in percent of the request.', 1, 100),
  targetMemory: integer('Memory use that the autoscaler aims at, in percent of the request.', 1, 100),
};

/** Replicas and autoscaling of one application. */
export const scaling = object(
  'Scaling',
  'How many replicas there should be, and what moves their number.',
  { ...scalingFields, behavior },
  [replicasInOrder],
);

/** The same for a cluster's defaults, where an absent field says nothing. */
export const defaultScaling = object(
  'DefaultScaling',
  'Replicas and autoscaling for applications that do not say themselves.',
  { ...scalingFields, behavior: withoutDefault(behavior) },
  [replicasInOrder],
);
