// Why the metadata of generated objects is as it is: names, labels, annotations.
import { explainKind } from './kind-reasons.ts';
import { explainName, explainNamespace, explainTag, explainType } from './plan-reasons.ts';
import type { ComponentFieldView, FieldTable } from './reason.ts';

const syncOptions = 'metadata.annotations.argocd.argoproj.io/sync-options';

/** The labels of everything that belongs to a component; `prefix` ends with a dot. */
export function labelFields(prefix: string): FieldTable<ComponentFieldView> {
  const label = (name: string) => `${prefix}app.kubernetes.io/${name}`;
  return {
    [label('name')]: selected,
    [label('instance')]: selected,
    [label('version')]: ({ component }) => explainTag(component),
    [label('component')]: ({ component }) => explainType(component),
    [label('part-of')]: () => ({
      because: 'the application that the component is part of',
      settings: ['name'],
      rule: 'identity/labels',
    }),
    [label('managed-by')]: () => ({
      because: 'says that kubectl dorgu generate wrote it',
      rule: 'identity/labels',
    }),
    [`${prefix}*`]: () => ({ because: 'a label that settings add to every object', settings: ['labels'] }),
  };
}

const selected = ({ component }: ComponentFieldView) => ({
  ...explainName(component),
  because: `the name of the component, by which selectors find its pods: it never changes`,
  rule: 'identity/labels',
});

/** What selects the component's pods; `prefix` ends with a dot. */
export function selectorFields(prefix: string, purpose: string): FieldTable<ComponentFieldView> {
  const explain = ({ component }: ComponentFieldView) => ({
    because: `${purpose} selects the pods of ${component.name} by the two labels that never change`,
    rule: 'identity/labels',
  });
  return {
    [`${prefix}app.kubernetes.io/name`]: explain,
    [`${prefix}app.kubernetes.io/instance`]: explain,
  };
}

/** Of every object of a component. */
export const metadataFields: FieldTable<ComponentFieldView> = {
  apiVersion: ({ object }) => ({
    because: `the version of the API that serves ${String(object['kind'])} without deprecation`,
  }),
  kind: ({ component, object }) => explainKind(component, String(object['kind'])),
  'metadata.name': ({ component, object }) => {
    const reason = explainName(component);
    const { name } = object['metadata'] as { name: string };
    return name === component.name ? reason : { ...reason, because: `${reason.because}, and what it is for` };
  },
  'metadata.namespace': ({ component }) => explainNamespace(component.options),
  ...labelFields('metadata.labels.'),
  'metadata.annotations.dorgu.io/replicas': () => ({
    because: 'an HPA decides the replicas, so none are written here: this says it to the webhook',
    settings: ['scaling.min_replicas', 'scaling.max_replicas'],
    rule: 'scaling/static-replicas-with-hpa',
  }),
  'metadata.annotations.polaris.fairwinds.com/deploymentMissingReplicas-exempt': () => ({
    because: 'an HPA decides the replicas, so none are written here: this says it to Polaris',
  }),
  'metadata.annotations.polaris.fairwinds.com/livenessProbeMissing-exempt': () => ({
    because: 'nothing but the port is known, readiness asks it, and liveness would only ask the same again',
    rule: 'health/identical-probes',
  }),
  'metadata.annotations.cert-manager.io/cluster-issuer': () => ({
    because: 'cert-manager makes the certificate by this issuer',
    settings: ['ingress.tls.cluster_issuer'],
  }),
  [syncOptions]: ({ object }) => ({
    because:
      object['kind'] === 'Job'
        ? "a Job's template cannot be changed: Argo CD makes a new one instead"
        : 'the application has to run where the definition of this kind is not there yet: Argo CD then skips its dry run',
  }),
  'metadata.annotations.argocd.argoproj.io/sync-wave': () => ({
    because: 'Argo CD applies it last, when everything that it describes is there',
  }),
  'metadata.annotations.helm.sh/hook': () => ({
    because: 'a Job cannot be upgraded: Helm makes it anew, after everything that it needs',
  }),
  'metadata.annotations.helm.sh/hook-delete-policy': () => ({
    because: 'Helm removes the Job of the version before, so that this one can be made',
  }),
  'metadata.annotations.*': () => ({
    because: 'an annotation that settings add to every object',
    settings: ['annotations'],
  }),
};
