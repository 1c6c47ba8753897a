// The conditions of both kinds, and the reasons that stand in them: documented constants, so that people and machines can rely on them.

/** The condition types of an ApplicationPersona. Ready is always there; the last two only when they apply. */
export const applicationConditions = {
  /** Whether the workload runs as wanted; what `kubectl wait --for=condition=Ready` waits for. */
  ready: 'Ready',
  /** Whether the workload is what the persona says. False never makes Ready false. */
  validated: 'Validated',
  /** Whether use can be measured. */
  metricsAvailable: 'MetricsAvailable',
  /** Whether Argo CD says that the cluster is what git says. */
  argoCDSynced: 'ArgoCDSynced',
} as const;

/** The condition types of a ClusterPersona. */
export const clusterConditions = {
  /** Whether this ClusterPersona counts, and its status is current. */
  ready: 'Ready',
  /** Whether the last discovery read everything. */
  discovered: 'Discovered',
  /** Whether nodes and add-ons are healthy. */
  healthy: 'Healthy',
} as const;

/** Why an ApplicationPersona is Ready or not. */
export const readyReasons = {
  /** Rolled out, and enough replicas are available. */
  available: 'Available',
  /** No workload in the namespace belongs to the persona. */
  noWorkload: 'NoWorkload',
  /** Several personas claim the workload, or several workloads do not agree; the message names them. */
  ambiguous: 'Ambiguous',
  /** A rollout is under way and within its grace period. */
  progressing: 'Progressing',
  /** The same, after the workload was not as it should be: trouble is over once this ends well. */
  recovering: 'Recovering',
  /** A rollout takes longer than its grace period. */
  rolloutStalled: 'RolloutStalled',
  /** Some replicas are available, fewer than wanted. */
  partlyAvailable: 'PartlyAvailable',
  /** No replica is available, past the grace period. */
  unavailable: 'Unavailable',
  /** The pods fail; the message says how. */
  podsFailing: 'PodsFailing',
  /** Replicas are 0: a pause. */
  scaledToZero: 'ScaledToZero',
  /** The API server does not take what was found; the message says why. */
  statusRefused: 'StatusRefused',
} as const;

/** Why an ApplicationPersona is Validated or not. */
export const validatedReasons = {
  /** No finding of severity error. */
  passed: 'Passed',
  /** At least one finding of severity error. */
  failed: 'Failed',
  /** There is nothing to validate. */
  noWorkload: 'NoWorkload',
} as const;

/** Why Argo CD says that the cluster is what git says, or is not. */
export const argoCDReasons = {
  /** The live objects are what git says. */
  synced: 'Synced',
  /** They are not; the message names the Application. */
  outOfSync: 'OutOfSync',
  /** Argo CD has not compared them yet, or cannot. */
  unknown: 'Unknown',
} as const;

/** Why use cannot be measured. */
export const metricsReasons = {
  /** Use is measured. */
  measured: 'Measured',
  /** Use is measured, for less than a day yet: nothing lower is advised. */
  measuredUnderADay: 'MeasuredUnderADay',
  /** Neither Prometheus nor metrics.k8s.io answers. */
  noPrometheus: 'NoPrometheus',
  /** The source answers, and knows no series of these pods. */
  noSeries: 'NoSeries',
  /** Series are there, and no owner could be found for their pods. */
  noOwner: 'NoOwner',
  /** Not enough samples for a figure. */
  tooFewSamples: 'TooFewSamples',
  /** The source took too long. */
  timeout: 'Timeout',
} as const;

/** Why a ClusterPersona is Ready or not. */
export const clusterReadyReasons = {
  /** The last discovery is current. */
  discovered: 'Discovered',
  /** The first discovery is under way. */
  discovering: 'Discovering',
  /** An older ClusterPersona counts; the message names it. */
  superseded: 'Superseded',
  /** Something could not be read; what was known before stays. */
  discoveryFailed: 'DiscoveryFailed',
  /** The API server does not take what was found; the message says why. */
  statusRefused: 'StatusRefused',
} as const;

/** Why nodes and add-ons of a cluster are healthy or not. */
export const clusterHealthyReasons = {
  /** Every node is ready, and so is every add-on. */
  healthy: 'Healthy',
  /** A node is not ready; the message counts and names them. */
  nodesNotReady: 'NodesNotReady',
  /** Pods of an add-on are not ready; the message names it. */
  addonsNotReady: 'AddonsNotReady',
  /** There is no node. */
  noNodes: 'NoNodes',
  /** The nodes could not be read. */
  unknown: 'NodesUnknown',
} as const;
