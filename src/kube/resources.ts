// The resources that we ask API servers for, and their paths.

/** A resource of the API. */
export interface Resource {
  /** Empty for the core group. */
  group: string;
  version: string;
  /** `applicationpersonas` */
  plural: string;
  kind: string;
  isNamespaced: boolean;
}

const core = (plural: string, kind: string, isNamespaced = true): Resource => ({
  group: '',
  version: 'v1',
  plural,
  kind,
  isNamespaced,
});

const grouped = (
  group: string,
  plural: string,
  kind: string,
  { version = 'v1', isNamespaced = true } = {},
): Resource => ({
  group,
  version,
  plural,
  kind,
  isNamespaced,
});

/** By the name that code uses. */
export const resources = {
  applicationPersonas: grouped('dorgu.io', 'applicationpersonas', 'ApplicationPersona'),
  clusterPersonas: grouped('dorgu.io', 'clusterpersonas', 'ClusterPersona', { isNamespaced: false }),
  deployments: grouped('apps', 'deployments', 'Deployment'),
  statefulSets: grouped('apps', 'statefulsets', 'StatefulSet'),
  daemonSets: grouped('apps', 'daemonsets', 'DaemonSet'),
  replicaSets: grouped('apps', 'replicasets', 'ReplicaSet'),
  cronJobs: grouped('batch', 'cronjobs', 'CronJob'),
  jobs: grouped('batch', 'jobs', 'Job'),
  horizontalPodAutoscalers: grouped('autoscaling', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler', {
    version: 'v2',
  }),
  scaledObjects: grouped('keda.sh', 'scaledobjects', 'ScaledObject', { version: 'v1alpha1' }),
  podDisruptionBudgets: grouped('policy', 'poddisruptionbudgets', 'PodDisruptionBudget'),
  ingresses: grouped('networking.k8s.io', 'ingresses', 'Ingress'),
  pods: core('pods', 'Pod'),
  services: core('services', 'Service'),
  events: core('events', 'Event'),
  secrets: core('secrets', 'Secret'),
  configMaps: core('configmaps', 'ConfigMap'),
  serviceAccounts: core('serviceaccounts', 'ServiceAccount'),
  persistentVolumeClaims: core('persistentvolumeclaims', 'PersistentVolumeClaim'),
  namespaces: core('namespaces', 'Namespace', false),
  nodes: core('nodes', 'Node', false),
  customResourceDefinitions: grouped(
    'apiextensions.k8s.io',
    'customresourcedefinitions',
    'CustomResourceDefinition',
    { isNamespaced: false },
  ),
  argoApplications: grouped('argoproj.io', 'applications', 'Application', { version: 'v1alpha1' }),
  argoRollouts: grouped('argoproj.io', 'rollouts', 'Rollout', { version: 'v1alpha1' }),
  podMetrics: grouped('metrics.k8s.io', 'pods', 'PodMetrics', { version: 'v1beta1' }),
  nodeMetrics: grouped('metrics.k8s.io', 'nodes', 'NodeMetrics', { version: 'v1beta1', isNamespaced: false }),
} as const satisfies Record<string, Resource>;

/** The path of a resource's collection, in a namespace or over all (`undefined`), or of one object. */
export function pathOf(
  { group, version, plural, isNamespaced }: Resource,
  { namespace, name, subresource }: { namespace?: string; name?: string; subresource?: string } = {},
): string {
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  const place = isNamespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  const object = name === undefined ? '' : `/${encodeURIComponent(name)}`;
  return `${root}${place}/${plural}${object}${subresource === undefined ? '' : `/${subresource}`}`;
}
