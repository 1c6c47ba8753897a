// The kustomizations: one at the root that names components and pins images, and one in each component's folder.
import type { ComponentPlan } from './component-plan.ts';
import type { GeneratedFile } from './generated-file.ts';
import { pinMark } from './pinned-digests.ts';
import { formatYaml } from './yaml-text.ts';

const head = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };

/** The root: resources in the order given, the namespace, and a line for each image that the workflow pins. */
export function formatRootKustomization(
  resources: readonly string[],
  namespace: string,
  components: readonly ComponentPlan[],
): string {
  const images = components.filter(({ image }) => image.isBuilt);
  const lineComments = new Map(
    images.map(({ image, name }, index) => [`images.${index}.${pinField(image).field}`, pinMark(name)]),
  );
  return formatYaml(
    {
      ...head,
      namespace,
      resources: [...resources],
      ...(images.length === 0
        ? {}
        : {
            images: images.map(({ image }) => {
              const { field, value } = pinField(image);
              return { name: image.repository, [field]: value };
            }),
          }),
    },
    { lineComments },
  );
}

/** The kustomization of a component's folder. */
export function formatComponentKustomization(resources: readonly string[]): string {
  return formatYaml({ ...head, resources: [...resources] });
}

function pinField({ digest, tag }: ComponentPlan['image']): { field: string; value: string } {
  return digest === undefined ? { field: 'newTag', value: tag } : { field: 'digest', value: digest };
}

/**
 * The files without a person's deletions in the kustomizations: what is not there cannot be built. Paths in `deleted`
 * are relative to the application.
 */
export function withoutDeleted(
  files: readonly GeneratedFile[],
  deleted: ReadonlySet<string>,
): GeneratedFile[] {
  if (deleted.size === 0) return [...files];
  return files.map((file) => {
    if (!file.path.endsWith('/kustomization.yaml')) return file;
    const folder = file.path.slice(0, -'kustomization.yaml'.length);
    const isGone = (name: string) =>
      deleted.has(folder + name) || deleted.has(`${folder}${name}/kustomization.yaml`);
    const content = file.content
      .split('\n')
      .filter((line) => !isGone(/^ {2}- (\S+)$/.exec(line)?.[1] ?? ''))
      .join('\n');
    return { ...file, content };
  });
}
