// What settings say about one component (or about all): each field absent unless a person set it, and then it beats analysis.

/** Requests and limits as Kubernetes quantities. */
export interface ResourceOptions {
  requests?: { cpu?: string; memory?: string; ephemeralStorage?: string };
  limits?: { cpu?: string; memory?: string; ephemeralStorage?: string };
  /** Starting point where no quantity is given; default by kind, see resources.ts. */
  profile?: 'minimal' | 'standard' | 'compute-heavy' | 'memory-heavy';
}

/** Horizontal scaling. Setting any of them on a worker gives it an HPA, too. */
export interface ScalingOptions {
  minReplicas?: number;
  maxReplicas?: number;
  /** Percent of the request, 1 to 100. */
  targetCPU?: number;
  targetMemory?: number;
  behavior?: 'conservative' | 'balanced' | 'aggressive';
}

/** Probes, where settings know better than the source. */
export interface HealthOptions {
  livenessPath?: string;
  readinessPath?: string;
  port?: number;
  /** Time that a start may take, in seconds. */
  startupGracePeriodSeconds?: number;
}

/** Something needed that the source does not show. */
export interface DependencyOptions {
  name: string;
  type: 'database' | 'cache' | 'queue' | 'service' | 'external';
  required?: boolean;
  healthCheck?: string;
  port?: number;
}

/** Rollout, as the persona's policies.deployment has it. */
export interface DeploymentPolicyOptions {
  /** BlueGreen and Canary are recorded in the persona; the Deployment itself rolls. */
  strategy?: 'RollingUpdate' | 'Recreate' | 'BlueGreen' | 'Canary';
  /** Pods, or a percentage: `25%`. */
  maxSurge?: string | number;
  maxUnavailable?: string | number;
}

/** Ingress of one component: what settings files call `ingress`. */
export interface ComponentIngressOptions {
  /** False keeps this component inside although the application is exposed. */
  enabled?: boolean;
  /** Overrides the application's host. */
  host?: string;
  /** Path prefixes, default `/`. */
  paths?: string[];
}

/** What holds where neither settings nor the source say anything, before our own defaults: a ClusterPersona's spec.defaults. */
export interface ComponentFallback {
  resources?: Pick<ResourceOptions, 'profile'> & {
    requests?: { cpu?: string | number; memory?: string | number };
    limits?: { cpu?: string | number; memory?: string | number };
  };
  scaling?: ScalingOptions;
}

/** One component's settings. */
export interface ComponentOptions {
  tier?: 'critical' | 'standard' | 'best-effort';
  /** A `job` runs once for each version: `cron` to its persona. */
  type?: 'api' | 'web' | 'worker' | 'cron' | 'job' | 'daemon';
  description?: string;
  /** Full image reference of this component, with or without tag or digest. */
  image?: string;
  /** `sha256:…` that the workflow pinned earlier (see pinned-digests.ts): kept, so that a second run changes nothing. */
  pinnedDigest?: string;
  port?: number;
  replicas?: number;
  schedule?: string;
  resources?: ResourceOptions;
  scaling?: ScalingOptions;
  health?: HealthOptions;
  /** Added to every object of the component; values made valid. */
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ingress?: ComponentIngressOptions;
  dependencies?: DependencyOptions[];
  deploymentPolicy?: DeploymentPolicyOptions;
  /** Recorded in the persona. */
  maintenance?: { window?: string; autoRestart?: boolean };
  /** Name of an existing PriorityClass. */
  priorityClassName?: string;
  /** Name of an existing Secret to read secret variables from; default the component's name. */
  secretName?: string;
  /** Pull Secrets that exist in the namespace. */
  imagePullSecrets?: string[];
  /** Weaker than what the source says, stronger than our own defaults. */
  fallback?: ComponentFallback;
}
