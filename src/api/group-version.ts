// The API's group, version and kinds, and the labels and annotations that are ours.

/** The API group of both kinds. */
export const group = 'dorgu.io';

/** The one version of both kinds. */
export const version = 'v1';

/** What stands in `apiVersion`. */
export const apiVersion = 'dorgu.io/v1';

/** The kind of an application's persona, and its resource name in URLs. */
export const applicationPersonaKind = 'ApplicationPersona';
export const applicationPersonaResource = 'applicationpersonas';

/** The kind of a cluster's persona, and its resource name in URLs. */
export const clusterPersonaKind = 'ClusterPersona';
export const clusterPersonaResource = 'clusterpersonas';

/**
 * `advisory` or `enforcing`. As an annotation on a persona it can only tighten; as a label on a namespace it may loosen too,
 * because only cluster admins label namespaces.
 */
export const modeKey = 'dorgu.io/mode';

/** Annotation on a workload: `hpa` says that replicas are left out because a HorizontalPodAutoscaler sets them. */
export const replicasAnnotation = 'dorgu.io/replicas';

/** Label on a namespace: `false` keeps the admission webhook away from it. */
export const validateLabel = 'dorgu.io/validate';

/** Label that names the team which owns an object. */
export const teamLabel = 'dorgu.io/team';

/** Kubernetes' own label for an application's name, by which a workload is found for a persona. */
export const nameLabel = 'app.kubernetes.io/name';

/** Who writes an object with server-side apply when it is us. */
export const fieldManager = 'kubectl-dorgu';
