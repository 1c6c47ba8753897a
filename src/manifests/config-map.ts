// The ConfigMap with the variables that are no secrets.
import type { ComponentPlan } from './component-plan.ts';
import type { KubernetesObject } from './generated-file.ts';
import { sortedRecord } from './labels.ts';
import { objectMetadata } from './object-metadata.ts';
import { filesName } from './volumes.ts';

/** Builds the ConfigMap; undefined where no variable has a value. */
export function buildConfigMap(plan: ComponentPlan): KubernetesObject | undefined {
  const { config } = plan.environment;
  if (Object.keys(config).length === 0) return undefined;
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: objectMetadata(plan), data: config };
}

/** Builds the ConfigMap of files that are mounted; undefined where there are none. */
export function buildFilesConfigMap(plan: ComponentPlan): KubernetesObject | undefined {
  const files = plan.volumes.flatMap(({ source }) =>
    source.kind === 'config' ? [[source.key, source.content] as const] : [],
  );
  if (files.length === 0) return undefined;
  const metadata = objectMetadata(plan, { name: filesName(plan.name) });
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: sortedRecord(files) };
}

/** Comments that name the variables without a value. */
export function unsetComments({ environment }: ComponentPlan): string[] {
  return environment.unset.map(({ name, required, where }) => {
    const source = where === '' ? '' : `, read in ${where}`;
    return `${name} is not set: ${required ? 'required' : 'optional'}${source}`;
  });
}
