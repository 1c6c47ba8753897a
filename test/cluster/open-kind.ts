// Kinds of others as far as an API server needs them: it serves them, and anything goes into their objects.

/** A CustomResourceDefinition as JSON; the status is no subresource. `plural` where it is not the kind and an s. */
export function createOpenKind(
  group: string,
  kind: string,
  version: string,
  plural = `${kind.toLowerCase()}s`,
) {
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase() },
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  };
}

/** Argo CD's Application. */
export const argoApplicationKind = createOpenKind('argoproj.io', 'Application', 'v1alpha1');
