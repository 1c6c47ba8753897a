// What has been decided about one component before any object is built; builders read it and decide nothing.
import type { Component, Protocol } from '../application/component.ts';
import type { ComponentOptions } from './component-options.ts';
import type { ManifestOptions } from './options.ts';

/** `spec.type` of the persona. */
export type ComponentType = 'api' | 'web' | 'worker' | 'cron' | 'daemon';

/** Kind of the object that runs its pods. */
export type WorkloadName = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'CronJob' | 'Job';

/** The image that runs. */
export interface ImagePlan {
  /** Without tag and digest: `ghcr.io/acme/shop/web`. */
  repository: string;
  /** As it stands in the manifest, with a tag or a digest. */
  reference: string;
  tag: string;
  /** `sha256:…` that a person or the workflow pinned. */
  digest?: string;
  /** A person gave the digest: what it names never changes. */
  isImmutable: boolean;
  /** False where the image is somebody else's: the workflow then neither builds nor pins it. */
  isBuilt: boolean;
}

/** A port of the container; names are unique among them. */
export interface PortPlan {
  name: string;
  port: number;
  protocol: Protocol;
}

/** Who the container runs as. */
export interface RunAsPlan {
  uid: number;
  gid: number;
  /** The image can only run as root: then nothing here asks for another user. */
  isRoot: boolean;
  /** False where the uid is ours and the image knows nothing of it. */
  isOwn: boolean;
}

/** The variables of the container. Only config has values. */
export interface EnvironmentPlan {
  config: Record<string, string>;
  /** Config that no source gives a value to. */
  unset: { name: string; required: boolean; where: string }[];
  secrets: { name: string; isOptional: boolean }[];
  /** Secret that the secret variables are read from. */
  secretName: string;
}

/** A directory or file that is mounted. Names are unique DNS labels. */
export interface VolumePlan {
  name: string;
  mountPath: string;
  source:
    | { kind: 'temporary'; sizeLimit: string }
    | { kind: 'claim'; claimName: string; size: string }
    | { kind: 'secret'; secretName: string; key: string }
    | { kind: 'config'; configMapName: string; key: string; content: string };
  isReadOnly: boolean;
}

/** Requests and limits, complete. */
export interface ResourcePlan {
  requests: { cpu: string; memory: string; 'ephemeral-storage': string };
  limits: { cpu: string; memory: string; 'ephemeral-storage': string };
}

/** Either a fixed number of replicas, or bounds that an HPA moves between. */
export interface ScalingPlan {
  minReplicas: number;
  maxReplicas: number;
  isAutoscaled: boolean;
  targetCPU: number;
  targetMemory?: number;
  behavior: 'conservative' | 'balanced' | 'aggressive';
}

/** Where the component is reached from outside. */
export interface ExposePlan {
  host: string;
  paths: string[];
  tlsSecret: string;
}

/** How a new version replaces the old one. */
export interface RolloutPlan {
  type: 'RollingUpdate' | 'Recreate';
  maxSurge: string | number;
  maxUnavailable: string | number;
}

/** Somebody who has to be reached: a sibling, or anything at a port. */
export interface PeerPlan {
  name: string;
  type: 'database' | 'cache' | 'queue' | 'service' | 'external';
  isRequired: boolean;
  /** DNS-safe name of the sibling component. */
  sibling?: string;
  /** Host name that it is reached by, where known. */
  host?: string;
  ports: number[];
  /** It lives outside the cluster as far as we know: any address. */
  isExternal: boolean;
}

/** All of it, for one component. */
export interface ComponentPlan {
  component: Component;
  settings: ComponentOptions;
  options: ManifestOptions;
  /** DNS-safe and unique; name and instance of every object. */
  name: string;
  namespace: string;
  /** DNS-safe name of the application. */
  partOf: string;
  /** Folder of its files relative to the application: `k8s` or `k8s/web`. */
  folder: string;
  type: ComponentType;
  workload: WorkloadName;
  tier: 'critical' | 'standard' | 'best-effort';
  image: ImagePlan;
  ports: PortPlan[];
  runAs: RunAsPlan;
  environment: EnvironmentPlan;
  volumes: VolumePlan[];
  resources: ResourcePlan;
  scaling: ScalingPlan;
  rollout: RolloutPlan;
  expose?: ExposePlan;
  /** Other DNS-safe names that siblings reach it by, none of them another component's. */
  aliases: string[];
  /** Siblings that depend on it, by DNS-safe name, sorted. */
  callers: string[];
  peers: PeerPlan[];
  /** Seconds that a start may take. */
  startupGraceSeconds: number;
  /** Seconds between SIGTERM and SIGKILL, without the preStop pause. */
  stopGraceSeconds: number;
}

/** Whether it has a Service. */
export function hasService(plan: ComponentPlan): boolean {
  return (plan.type === 'api' || plan.type === 'web') && plan.ports.length > 0;
}

/** Whether it is called though no port of it is known: then a headless Service gives its pods' addresses to its name. */
export function isCalledByName(plan: ComponentPlan): boolean {
  return !hasService(plan) && !runsToEnd(plan) && plan.callers.length > 0;
}

/** Whether it has a number of replicas: a DaemonSet has nodes, Jobs run and end. */
export function hasReplicas({ workload }: ComponentPlan): boolean {
  return workload === 'Deployment' || workload === 'StatefulSet';
}

/** Whether its pods end by themselves: there is nothing to probe, and nobody to be called by. */
export function runsToEnd({ workload }: ComponentPlan): boolean {
  return workload === 'CronJob' || workload === 'Job';
}
