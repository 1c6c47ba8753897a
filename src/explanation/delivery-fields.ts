// Why what belongs to the whole application is as it is: namespace, kustomization, Argo CD, workflows.
import { explainNamespace, explainRemote, explainRepository, explainTag } from './plan-reasons.ts';
import { always, type FieldTable, type FieldView, type Reason } from './reason.ts';

const namespaceOf = ({ application }: FieldView): Reason => explainNamespace(application.options);
const nameOf = (): Reason => ({
  because: 'the name of the application, made a DNS label',
  settings: ['name'],
});
const labels: FieldTable = {
  'metadata.labels.app.kubernetes.io/part-of': nameOf,
  'metadata.labels.app.kubernetes.io/managed-by': always('says that kubectl dorgu generate wrote it'),
};

/** Of namespace.yaml. */
export const namespaceFields: FieldTable = {
  apiVersion: always('the version of the API that serves Namespace'),
  kind: always('everything else is put into it, and it has to be there first'),
  'metadata.name': namespaceOf,
  ...labels,
  'metadata.annotations.argocd.argoproj.io/sync-options': always(
    'Secrets that people made live in it: Argo CD never removes it',
  ),
};

const builtImage = (view: FieldView) =>
  view.application.components.filter(({ image }) => image.isBuilt)[Number(view.path[1])];

function explainPinned(
  view: FieldView,
  of: (plan: NonNullable<ReturnType<typeof builtImage>>) => Reason,
): Reason {
  const plan = builtImage(view);
  return plan ? of(plan) : { because: 'an image of the application' };
}

/** Of a kustomization.yaml. */
export const kustomizationFields: FieldTable = {
  apiVersion: always('the version of the format that kubectl apply -k reads'),
  kind: always('kubectl apply -k and Argo CD read the folder by it'),
  namespace: namespaceOf,
  'resources[]': ({ value, application }) => {
    const component = application.components.find(({ name }) => name === value);
    return component
      ? { because: 'the folder of a component', evidence: component.component.kindEvidence }
      : { because: 'a file that was generated beside it' };
  },
  'images[].name': (view) => explainPinned(view, explainRepository),
  'images[].newTag': (view) => explainPinned(view, explainTag),
  'images[].digest': always(
    'the digest of the image that the workflow built last, which it writes here',
    'image/tag',
  ),
};

/** Of argocd/application.yaml. */
export const argoFields: FieldTable = {
  apiVersion: always('the version of the API that Argo CD serves'),
  kind: always('Argo CD syncs the manifests by it; it lies beside their folder, never inside what it syncs'),
  'metadata.name': nameOf,
  'metadata.namespace': () => ({ because: 'where Argo CD itself runs', settings: ['argocd.namespace'] }),
  ...labels,
  'spec.project': () => ({
    because: 'the project of Argo CD that it is part of',
    settings: ['argocd.project'],
  }),
  'spec.source.repoURL': ({ application }) => explainRemote(application),
  'spec.source.targetRevision': ({ application: { application, options } }) => ({
    because:
      options.git.branch.source === 'git'
        ? 'the default branch of the repository'
        : 'the usual name of a default branch',
    evidence: application.git?.defaultBranch?.evidence ?? [],
  }),
  'spec.source.path': ({ application }) => ({
    because: `the folder of the manifests, in the repository's own terms`,
    evidence: application.application.git?.remote?.evidence ?? [],
    settings: ['output_dir'],
  }),
  'spec.source.directory.recurse': always(
    'plain manifests of several components lie in folders of their own',
  ),
  'spec.destination.server': () => ({
    because: 'the cluster that Argo CD deploys to; its own where nobody says otherwise',
    settings: ['argocd.server'],
  }),
  'spec.destination.namespace': namespaceOf,
  'spec.syncPolicy.automated.prune': always('what is no longer in git is removed from the cluster'),
  'spec.syncPolicy.automated.selfHeal': always('what is changed by hand is set back to what is in git'),
  'spec.syncPolicy.syncOptions[]': ({ value }) => ({
    because:
      value === 'CreateNamespace=true'
        ? 'the namespace may not be there yet'
        : 'fields that others own (an HPA its replicas) are left to them',
  }),
  'spec.syncPolicy.retry.limit': always('a cluster that is not ready yet gets five more chances'),
  'spec.syncPolicy.retry.backoff.duration': always('ten seconds before the second attempt'),
  'spec.syncPolicy.retry.backoff.factor': always('each wait is twice the last'),
  'spec.syncPolicy.retry.backoff.maxDuration': always('no wait is longer than three minutes'),
};
