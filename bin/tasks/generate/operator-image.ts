// Writes config/manager/kustomization.yaml: the operator's image under the name and version that package.json gives it.
import { stringify } from 'yaml';
import manifest from '../../../package.json' with { type: 'json' };
import { product } from '../../../operator/product.ts';
import { header, type GeneratedFile } from './generated-file.ts';

/** Name and tag of the image: the repository's owner on GitHub has it in the registry of GitHub. */
export function toImage({ repository, version }: { repository: { url: string }; version: string }): {
  newName: string;
  newTag: string;
} {
  const [, owner] = /github\.com\/([^/]+)\//.exec(repository.url) ?? [];
  if (owner === undefined)
    throw new Error(`package.json: expected a repository on github.com, found ${repository.url}`);
  return { newName: `ghcr.io/${owner.toLowerCase()}/${product.name}`, newTag: `v${version}` };
}

/** The kustomization of config/manager. */
export function generateOperatorImage(): GeneratedFile[] {
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: [
      'deployment.yaml',
      'pod_disruption_budget.yaml',
      'metrics_service.yaml',
      'network_policy.yaml',
    ],
    images: [{ name: product.name, ...toImage(manifest) }],
  };
  return [
    {
      path: 'config/manager/kustomization.yaml',
      text: `# ${header} bin/tasks/generate/operator-image.ts.\n${stringify(kustomization)}`,
    },
  ];
}
