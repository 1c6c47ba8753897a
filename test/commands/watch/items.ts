// Items for tests that need no server.
import type {
  ClusterItem,
  DeploymentItem,
  OccurrenceItem,
  PersonaItem,
  ValidationItem,
} from '../../../src/protocol/items.ts';
import type { FeedChange } from '../../../src/cluster/follow/feed.ts';
import type { EventType, Topic } from '../../../src/protocol/messages.ts';
import type { ItemOf } from '../../../src/protocol/items.ts';

/** A well persona. */
export const createPersonaItem = (name: string, fields: Partial<PersonaItem> = {}): PersonaItem => ({
  namespace: 'store',
  name,
  resourceVersion: '1',
  appName: name,
  type: 'api',
  tier: 'standard',
  phase: 'Active',
  health: 'Healthy',
  ready: 'True',
  reason: 'Available',
  replicas: '3/3',
  issues: { errors: 0, warnings: 0, infos: 0 },
  createdAt: '2026-11-23T09:00:00Z',
  ...fields,
});

/** A well cluster. */
export const createClusterItem = (fields: Partial<ClusterItem> = {}): ClusterItem => ({
  name: 'production-eu',
  resourceVersion: '1',
  environment: 'production',
  phase: 'Ready',
  kubernetesVersion: 'v1.35.4',
  platform: 'EKS',
  nodeCount: 3,
  applicationCount: 12,
  addons: [{ name: 'Grafana', type: 'monitoring', version: '12.1.0', health: 'healthy' }],
  createdAt: '2026-11-23T09:00:00Z',
  ...fields,
});

/** A Deployment that is rolled out. */
export const createDeploymentItem = (name: string, fields: Partial<DeploymentItem> = {}): DeploymentItem => ({
  namespace: 'store',
  name,
  resourceVersion: '1',
  appName: name,
  replicas: 3,
  updated: 3,
  ready: 3,
  available: 3,
  images: ['nginx:1'],
  generation: 1,
  observedGeneration: 1,
  createdAt: '2026-11-23T09:00:00Z',
  ...fields,
});

/** An Event about a persona. */
export const createOccurrence = (fields: Partial<OccurrenceItem> = {}): OccurrenceItem => ({
  kind: 'occurrence',
  namespace: 'store',
  name: 'shop',
  eventName: 'shop.1',
  resourceVersion: '1',
  type: 'Warning',
  reason: 'Degraded',
  message: '2 of 3 replicas are available',
  count: 1,
  at: '2026-11-23T09:00:01Z',
  ...fields,
});

/** A validation that failed. */
export const createValidation = (fields: Partial<ValidationItem> = {}): ValidationItem => ({
  kind: 'validation',
  namespace: 'store',
  name: 'shop',
  resourceVersion: '1',
  passed: false,
  issueCount: 2,
  severity: 'error',
  issues: [
    { severity: 'error', rule: 'image/tag', field: 'x', message: 'no tag', suggestion: '' },
    { severity: 'warning', rule: 'health/liveness', field: 'y', message: 'no probe', suggestion: '' },
  ],
  at: '2026-11-23T09:00:02Z',
  ...fields,
});

/** A change at nine o'clock and three seconds. */
export const toChange = <T extends Topic>(
  eventType: EventType,
  item: ItemOf[T],
  previous?: ItemOf[T],
): FeedChange<T> => ({ eventType, item, previous, timestamp: '2026-11-23T09:00:03.123Z' });
