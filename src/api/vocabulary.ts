// The words that the two kinds know: every enumeration of the API, in the order in which people should read it.

/** What an application is. A CLI has no persona. */
export const applicationTypes = ['api', 'web', 'worker', 'cron', 'daemon'] as const;

/** How much it hurts when the application is down. */
export const tiers = ['critical', 'standard', 'best-effort'] as const;

/** Named sizes for applications whose use is not known yet. */
export const resourceProfiles = ['minimal', 'standard', 'compute-heavy', 'memory-heavy'] as const;

/** How fast an autoscaler follows the load. */
export const scalingBehaviors = ['conservative', 'balanced', 'aggressive'] as const;

/** What a dependency is. */
export const dependencyTypes = ['database', 'cache', 'queue', 'service', 'external'] as const;

/** Transport protocols of a port. */
export const protocols = ['TCP', 'UDP', 'SCTP'] as const;

/** How a new version replaces the old one. BlueGreen and Canary expect an Argo Rollout. */
export const deploymentStrategies = ['RollingUpdate', 'Recreate', 'BlueGreen', 'Canary'] as const;

/** Whether the operator advises on requests and limits. */
export const sizingModes = ['advise', 'off'] as const;

/** Worst first: the phase of an ApplicationPersona is the first that applies. */
export const applicationPhases = ['Failed', 'Degraded', 'Pending', 'Active'] as const;

/** How the pods are. */
export const healthStatuses = ['Healthy', 'Degraded', 'Unhealthy', 'Unknown'] as const;

/** How grave a finding is, gravest first. */
export const severities = ['error', 'warning', 'info'] as const;

/** What a piece of advice is about. */
export const recommendationTypes = ['resource', 'scaling', 'security', 'cost', 'performance'] as const;

/** How much a piece of advice is worth, most first. */
export const priorities = ['high', 'medium', 'low'] as const;

/** Argo CD's word on whether the cluster is what git says. */
export const argoCDSyncStatuses = ['Synced', 'OutOfSync', 'Unknown'] as const;

/** Argo CD's word on how the application is. */
export const argoCDHealthStatuses = [
  'Healthy',
  'Degraded',
  'Progressing',
  'Suspended',
  'Missing',
  'Unknown',
] as const;

/** The three values of a condition. */
export const conditionStatuses = ['True', 'False', 'Unknown'] as const;

/** What a cluster is for. */
export const environments = ['development', 'staging', 'production', 'sandbox'] as const;

/** Pod Security Standards, loosest first. */
export const podSecurityStandards = ['privileged', 'baseline', 'restricted'] as const;

/** What happens to a workload that has no persona. */
export const personaRequirements = ['off', 'warn', 'deny'] as const;

/** What a rule's violation counts for, loosest first. */
export const ruleLevels = ['off', 'info', 'warn', 'deny'] as const;

/** How a label selector's requirement compares. */
export const selectorOperators = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;

/** The phase of a ClusterPersona. */
export const clusterPhases = ['Discovering', 'Ready', 'Degraded', 'Unknown'] as const;

/** What an add-on does. */
export const addonTypes = [
  'gitops',
  'monitoring',
  'logging',
  'ingress',
  'service-mesh',
  'secrets',
  'cert-management',
  'other',
] as const;

/** The resources that advice on sizes is about. */
export const sizedResources = ['cpu', 'memory'] as const;

/** What of a container's resources advice is about. */
export const sizedSettings = ['request', 'limit'] as const;

/** What advice rests on: series of a Prometheus, metrics.k8s.io, or what the status of a pod says. */
export const usageSources = ['prometheus', 'metrics-api', 'pod-status'] as const;
