// What the rest of the house knows of a workload: a snapshot with every default of Kubernetes that matters left visible as absent.
import type { Fields } from '../api/foreign-fields.ts';

/** The kinds that run pods and that we judge, most frequent first. */
export const workloadKinds = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
  'Rollout',
  'ReplicaSet',
  'Pod',
] as const;
export type WorkloadKind = (typeof workloadKinds)[number];

/** Labels and annotations: foreign keys, so never a plain object. Values that are no text are left out. */
export type TextMap = ReadonlyMap<string, string>;

/** A Deployment or one of its siblings, as it stands in a file or a cluster. Values typed `unknown` may be malformed: a rule says so. */
export interface Workload {
  apiVersion: string;
  kind: WorkloadKind;
  name: string;
  /** Empty where the object names none (a file, before it is applied). */
  namespace: string;
  uid?: string;
  generation?: number;
  /** RFC 3339. */
  createdAt?: string;
  labels: TextMap;
  annotations: TextMap;
  ownerReferences: readonly { kind: string; name: string; uid: string; controller: boolean }[];
  /** `spec.replicas` as written; undefined where absent or where the kind has none. */
  replicas: unknown;
  /** Field managers that apply `spec.replicas` (server-side apply); empty in a file. */
  replicasManagers: readonly string[];
  strategy: UpdateStrategy;
  selector: Selector | undefined;
  /** Path of the pod template: `spec.template`, `spec.jobTemplate.spec.template`; empty for a Pod. */
  templatePath: string;
  pod: PodSnapshot;
  /** `spec` and `status` as they are, for what only one reader needs (rollout state, schedule). */
  spec: Fields;
  status: Fields;
}

/** How a new version replaces the old one. */
export interface UpdateStrategy {
  /** `RollingUpdate`, `Recreate`, `OnDelete`, `BlueGreen`, `Canary`; undefined where absent. */
  type: string | undefined;
  /** As written; undefined where absent. */
  maxSurge: unknown;
  maxUnavailable: unknown;
  /** Path of the strategy: `spec.strategy` or `spec.updateStrategy`. */
  path: string;
}

/** A label selector. A selector without terms selects everything; malformed terms select nothing. */
export interface Selector {
  matchLabels: TextMap;
  matchExpressions: readonly { key: string; operator: string; values: readonly string[] }[];
}

/** The pods that a workload makes. */
export interface PodSnapshot {
  labels: TextMap;
  annotations: TextMap;
  isWindows: boolean;
  /** Path of the pod's spec: `spec.template.spec`; `spec` for a Pod. */
  path: string;
  /** Regular containers, sidecars (init containers that restart always) and init containers, in the order of the file. */
  containers: readonly Container[];
  securityContext: SecuritySettings;
  /** Pod-level requests and limits (`spec.resources`). */
  resources: ResourceSettings;
  serviceAccountName: string | undefined;
  topologySpreadConstraints: readonly Fields[];
  hasPodAntiAffinity: boolean;
  /** Declared volumes by name, as they are. */
  volumes: ReadonlyMap<string, Fields>;
  /** The whole pod spec as it is, for Pod Security. */
  spec: Fields;
}

/** A container of a pod. */
export interface Container {
  name: string;
  role: 'container' | 'sidecar' | 'init' | 'ephemeral';
  /** `spec.template.spec.initContainers[0]` */
  path: string;
  image: string;
  command: readonly string[] | undefined;
  args: readonly string[] | undefined;
  ports: readonly ContainerPort[];
  /** Variables in order; `value` is undefined where it comes from elsewhere. */
  env: readonly { name: string; value: string | undefined; valueFrom: Fields | undefined }[];
  securityContext: SecuritySettings;
  resources: ResourceSettings;
  livenessProbe: Probe | undefined;
  readinessProbe: Probe | undefined;
  startupProbe: Probe | undefined;
  volumeMounts: readonly { name: string; mountPath: string; readOnly: boolean }[];
  /** The container as it is. */
  fields: Fields;
}

/** A named or unnamed port of a container. */
export interface ContainerPort {
  name: string | undefined;
  containerPort: unknown;
  protocol: string;
}

/** A securityContext of a pod or container; absent fields are undefined, fields of another type `unknown`-typed ones. */
export interface SecuritySettings {
  runAsNonRoot: boolean | undefined;
  runAsUser: number | undefined;
  allowPrivilegeEscalation: boolean | undefined;
  privileged: boolean | undefined;
  readOnlyRootFilesystem: boolean | undefined;
  addedCapabilities: readonly string[];
  droppedCapabilities: readonly string[];
  fields: Fields;
}

/** Requests and limits as written, by resource name; values may be malformed. */
export interface ResourceSettings {
  requests: ReadonlyMap<string, unknown>;
  limits: ReadonlyMap<string, unknown>;
}

/** A probe, with Kubernetes' defaults in its numbers. */
export interface Probe {
  kind: 'httpGet' | 'tcpSocket' | 'grpc' | 'exec' | 'none';
  path: string | undefined;
  /** Number, name or undefined. */
  port: number | string | undefined;
  scheme: string | undefined;
  initialDelaySeconds: number;
  periodSeconds: number;
  timeoutSeconds: number;
  successThreshold: number;
  failureThreshold: number;
  fields: Fields;
}
