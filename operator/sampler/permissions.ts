// What the sampler may do beyond what the controllers may, and why.
import { resources } from '../../src/kube/resources.ts';
import type { Permission } from '../manager/permission.ts';
import { checkpointPermissions } from './checkpoint.ts';

/** Reads what pods use; keeps what it has learnt. */
export const samplerPermissions: readonly Permission[] = [
  {
    group: resources.podMetrics.group,
    resource: resources.podMetrics.plural,
    verbs: ['list'],
    why: 'measures what pods use where there is no Prometheus',
  },
  {
    group: resources.pods.group,
    resource: resources.pods.plural,
    verbs: ['list'],
    why: 'finds out who made them where no Prometheus tells',
  },
  ...checkpointPermissions,
];
