// What a topic consists of: one item for each object, small enough to be sent at every change.

/** What every item has. `resourceVersion` orders the states of one item; it is compared for being the same, never for being greater. */
interface Named {
  name: string;
  resourceVersion: string;
}

/** An ApplicationPersona. Fields of what has not been observed yet are empty or left out. */
export interface PersonaItem extends Named {
  namespace: string;
  /** spec.name */
  appName: string;
  type: string;
  tier: string;
  phase: string;
  /** status.health.status */
  health: string;
  /** Status and reason of the condition Ready: `True`, `False`, `Unknown`. */
  ready?: string;
  reason?: string;
  /** Why it is as it is, one line: the message of the condition that is wrong, or of the rollout under way. */
  message?: string;
  /** Of all that is known of its workload: `2/3`. */
  replicas?: string;
  issues?: { errors: number; warnings: number; infos: number };
  /** status.argoCD: sync status and health. */
  argoCD?: { sync: string; health: string };
  team?: string;
  /** RFC 3339: when something of the status changed last, and when the persona was made. */
  changedAt?: string;
  createdAt: string;
  /** The object, where it was asked for. */
  persona?: object;
}

/** A ClusterPersona. */
export interface ClusterItem extends Named {
  environment: string;
  phase: string;
  kubernetesVersion: string;
  platform: string;
  nodeCount: number;
  applicationCount: number;
  addons: readonly { name: string; type: string; version: string; health: string }[];
  changedAt?: string;
  createdAt: string;
  cluster?: object;
}

/** A Deployment, whether or not a persona is there for it. */
export interface DeploymentItem extends Named {
  namespace: string;
  /** What it is matched with personas by; empty without the label. */
  appName: string;
  replicas: number;
  updated: number;
  ready: number;
  available: number;
  images: readonly string[];
  generation: number;
  observedGeneration: number;
  createdAt: string;
  deployment?: object;
}

/** What an operator has found about a persona: news of its validation. There is one for each persona that was validated. */
export interface ValidationItem extends Named {
  kind: 'validation';
  namespace: string;
  passed: boolean;
  issueCount: number;
  /** The worst there is; empty without issues. */
  severity: 'error' | 'warning' | 'info' | '';
  issues: readonly { severity: string; rule: string; field: string; message: string; suggestion: string }[];
  /** RFC 3339 */
  at: string;
}

/** A Kubernetes Event about a persona. */
export interface OccurrenceItem extends Named {
  kind: 'occurrence';
  namespace: string;
  /** Of the Event itself; `name` is the persona's. */
  eventName: string;
  type: string;
  reason: string;
  message: string;
  count: number;
  /** RFC 3339: when it was seen last. */
  at: string;
}

export type EventItem = ValidationItem | OccurrenceItem;

/** The item of each topic. */
export interface ItemOf {
  personas: PersonaItem;
  cluster: ClusterItem;
  deployments: DeploymentItem;
  events: EventItem;
}
