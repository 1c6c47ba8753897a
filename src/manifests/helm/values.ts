// values.yaml: what whoever installs the chart may want otherwise, with what kustomize has as defaults.
import type { ComponentPlan } from '../component-plan.ts';
import { sortedRecord } from '../labels.ts';
import type { ApplicationPlan } from '../plan-application.ts';
import { pinMark } from '../pinned-digests.ts';
import { formatYaml } from '../yaml-text.ts';

/** The text of values.yaml. */
export function formatValues({ components }: ApplicationPlan): string {
  const pinned = components.filter(({ image }) => image.isBuilt);
  return formatYaml(
    {
      namespace: { create: false },
      components: Object.fromEntries(components.map((plan) => [plan.name, componentValues(plan)])),
    },
    {
      comments: [
        'namespace.create is for `helm template` alone: `helm install` has --create-namespace.',
        'A digest, where there is one, says which image runs; the tag then only names the version.',
      ],
      lineComments: new Map(
        pinned.map(({ name }) => [`components.${name}.image.digest`, pinMark(name)] as const),
      ),
    },
  );
}

function componentValues(plan: ComponentPlan): object {
  const { image, scaling, resources, environment, expose } = plan;
  const storage = storageOf(plan);
  const isScaled = plan.workload === 'Deployment' && scaling.isAutoscaled;
  return {
    image: { repository: image.repository, tag: image.tag, digest: image.digest ?? '' },
    ...(isScaled ? { autoscaling: autoscalingOf(plan) } : {}),
    ...(isScaled || !hasReplicaCount(plan) ? {} : { replicas: scaling.minReplicas }),
    resources: { requests: resources.requests, limits: resources.limits },
    ...(Object.keys(environment.config).length === 0 ? {} : { config: environment.config }),
    ...(Object.keys(storage).length === 0 ? {} : { storage }),
    ...(expose ? { host: expose.host } : {}),
  };
}

const hasReplicaCount = ({ workload }: ComponentPlan) =>
  workload === 'Deployment' || workload === 'StatefulSet';

function autoscalingOf({ scaling }: ComponentPlan): object {
  const { minReplicas, maxReplicas, targetCPU } = scaling;
  return { minReplicas, maxReplicas, targetCPU };
}

/** Sizes of the claims by the names of their volumes. */
function storageOf({ volumes, workload }: ComponentPlan): Record<string, string> {
  if (workload !== 'StatefulSet') return {};
  return sortedRecord(
    volumes.flatMap(({ name, source }) => (source.kind === 'claim' ? [[name, source.size] as const] : [])),
  );
}
