// The metadata that every object of a component has.
import type { ComponentPlan } from './component-plan.ts';
import type { KubernetesObject } from './generated-file.ts';
import { componentLabels, isLabelKey, sortedRecord } from './labels.ts';
import type { Labels } from './labels.ts';

/** `metadata` of an object; annotations of settings and those given, sorted, absent where there are none. */
export function objectMetadata(
  plan: ComponentPlan,
  { name = plan.name, annotations = {} }: { name?: string; annotations?: Record<string, string> } = {},
): KubernetesObject['metadata'] {
  const own = Object.entries(plan.settings.annotations ?? {}).filter(([key]) => isLabelKey(key));
  const all = sortedRecord(new Map([...own, ...Object.entries(annotations)]));
  return {
    name,
    namespace: plan.namespace,
    labels: labelsOf(plan),
    ...(Object.keys(all).length === 0 ? {} : { annotations: all }),
  };
}

/** All labels of the component's objects and pods. */
export function labelsOf(plan: ComponentPlan): Labels {
  return componentLabels({
    name: plan.name,
    partOf: plan.partOf,
    version: plan.image.tag,
    role: plan.workload === 'Job' ? 'job' : plan.type,
    extra: plan.settings.labels ?? {},
  });
}
