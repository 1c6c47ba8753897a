// Why HPA, budget, ConfigMap and ServiceAccount are as they are.
import type { ComponentPlan } from '../manifests/component-plan.ts';
import { dataStoreConfig } from '../manifests/data-store.ts';
import { selectorFields } from './metadata-fields.ts';
import { explainName, explainReplicas, explainVolume } from './plan-reasons.ts';
import { always, type ComponentFieldView, type FieldTable, type Reason } from './reason.ts';

/** The upper bound. */
export function explainMaximum({ settings, scaling }: ComponentPlan): Reason {
  const names = ['scaling.max_replicas'];
  if (settings.scaling?.maxReplicas !== undefined)
    return { because: 'settings say how many at most', settings: names, rule: 'scaling/hpa-bounds' };
  if (settings.fallback?.scaling?.maxReplicas === scaling.maxReplicas)
    return { because: 'the default of the cluster', settings: names, rule: 'scaling/hpa-bounds' };
  return {
    because: 'three times as many as it begins with, where nobody says otherwise',
    settings: names,
    rule: 'scaling/hpa-bounds',
  };
}

/** Percent of the request at which pods are added. */
export const explainTarget = (): Reason => ({
  because: '70% of the CPU request, where nobody says otherwise: room for what comes while a new pod starts',
  settings: ['scaling.target_cpu'],
});

const explainMetric = ({ component, object, path }: ComponentFieldView): Reason => {
  const metrics = (object['spec'] as { metrics: { resource: { name: string } }[] }).metrics;
  const isMemory = metrics[Number(path[2])]?.resource.name === 'memory';
  return isMemory
    ? {
        because: `${component.scaling.targetMemory ?? 0}% of the memory request, as settings say`,
        settings: ['scaling.target_memory'],
      }
    : explainTarget();
};

const explainPace = ({ component }: ComponentFieldView): Reason => ({
  because: `the pace called ${component.scaling.behavior}: quick to grow, slow to shrink, so that it does not swing`,
  settings: ['scaling.behavior'],
});

const pace = (prefix: string): FieldTable<ComponentFieldView> => ({
  [`${prefix}stabilizationWindowSeconds`]: explainPace,
  [`${prefix}policies[].type`]: explainPace,
  [`${prefix}policies[].value`]: explainPace,
  [`${prefix}policies[].periodSeconds`]: explainPace,
});

const autoscaler: FieldTable<ComponentFieldView> = {
  'spec.scaleTargetRef.apiVersion': always('the API of Deployments'),
  'spec.scaleTargetRef.kind': always('it scales the Deployment of the component'),
  'spec.scaleTargetRef.name': ({ component }) => explainName(component),
  'spec.minReplicas': ({ component }) => ({ ...explainReplicas(component), rule: 'scaling/hpa-bounds' }),
  'spec.maxReplicas': ({ component }) => explainMaximum(component),
  'spec.metrics[].type': always('what the containers use, which every metrics server knows'),
  'spec.metrics[].resource.name': explainMetric,
  'spec.metrics[].resource.target.type': always(
    'relative to the request, so that it holds when the request is changed',
    'scaling/hpa-without-requests',
  ),
  'spec.metrics[].resource.target.averageUtilization': explainMetric,
  ...pace('spec.behavior.scaleUp.'),
  ...pace('spec.behavior.scaleDown.'),
};

const budget: FieldTable<ComponentFieldView> = {
  'spec.maxUnavailable': always(
    'one pod at a time may be moved away; with a number that must stay, one replica would block every drain',
    'availability/pdb-blocks-drain',
  ),
  'spec.unhealthyPodEvictionPolicy': always(
    'a pod that is broken anyway does not stand in the way of a drain',
    'availability/pdb-blocks-drain',
  ),
  ...selectorFields('spec.selector.matchLabels.', 'the budget'),
};

function explainVariable(view: ComponentFieldView): Reason {
  const { component: plan, path, value } = view;
  const mounted = plan.volumes.find(
    ({ source }) => source.kind === 'config' && source.key === path[1] && source.content === value,
  );
  if (mounted) return explainVolume(plan, mounted);
  const name = String(path[1]);
  const fact = plan.component.env.find((one) => one.name === name);
  const evidence = fact?.evidence ?? [];
  const isStore = dataStoreConfig(plan.component).some(([key]) => key === name);
  if (isStore) return { because: "moves the database's data to where its claim is mounted" };
  if (fact?.value === value)
    return { because: 'the source sets it, and neither its name nor its value looks secret', evidence };
  if (plan.ports.some(({ port }) => String(port) === value))
    return { because: `it listens where ${name} says`, evidence, settings: ['port'] };
  return { because: 'the source sets it, with the neighbour under the name of its Service', evidence };
}

/** By kind, without metadata. */
export const scalingTables: ReadonlyMap<string, FieldTable<ComponentFieldView>> = new Map<
  string,
  FieldTable<ComponentFieldView>
>([
  ['HorizontalPodAutoscaler', autoscaler],
  ['PodDisruptionBudget', budget],
  ['ConfigMap', { 'data.*': explainVariable }],
  [
    'ServiceAccount',
    {
      automountServiceAccountToken: always(
        'nothing shows that it asks the API server, so its pods get no token',
      ),
    },
  ],
]);
