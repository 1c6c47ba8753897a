// Which values of which objects a chart's values decide.
import type { ComponentPlan } from '../component-plan.ts';
import type { KubernetesObject } from '../generated-file.ts';
import { toLabelValue } from '../labels.ts';
import type { Substitution } from './template-text.ts';

type Path = readonly (string | number)[];

/** All of one object. Paths that it does not have are passed over. */
export function substitutionsOf(object: KubernetesObject, plan: ComponentPlan): Substitution[] {
  const { kind } = object;
  return [
    { path: ['metadata', 'namespace'], expression: '.Release.Namespace' },
    ...versionLabels(object, plan),
    ...(podPaths.has(kind) ? podSubstitutions(podPaths.get(kind) ?? []) : []),
    ...(isFiles(object, plan) ? [] : (substitutionsByKind.get(kind)?.(plan) ?? [])),
  ];
}

/** Files are the application's own, not values of the chart. */
function isFiles({ kind, metadata }: KubernetesObject, { name }: ComponentPlan): boolean {
  return kind === 'ConfigMap' && metadata.name !== name;
}

const podPaths: ReadonlyMap<string, Path> = new Map<string, Path>([
  ['Deployment', ['spec', 'template']],
  ['StatefulSet', ['spec', 'template']],
  ['DaemonSet', ['spec', 'template']],
  ['Job', ['spec', 'template']],
  ['CronJob', ['spec', 'jobTemplate', 'spec', 'template']],
]);

const versionLabel = 'app.kubernetes.io/version';

/** The version follows the tag, unless a label of a person's says otherwise. */
function versionLabels(
  { metadata, kind }: KubernetesObject,
  { image, settings }: ComponentPlan,
): Substitution[] {
  const labels = metadata['labels'] as Record<string, string> | undefined;
  if (labels?.[versionLabel] !== toLabelValue(image.tag) || settings.labels?.[versionLabel] !== undefined)
    return [];
  const expression = 'include "dorgu.version" $own.image | quote';
  const pod = podPaths.get(kind);
  return [['metadata'], ...(pod ? [[...pod, 'metadata']] : [])].map((path) => ({
    path: [...path, 'labels', versionLabel],
    expression,
  }));
}

function podSubstitutions(path: Path): Substitution[] {
  const container = [...path, 'spec', 'containers', 0];
  return [
    {
      path: [...path, 'metadata', 'annotations', 'dorgu.io/config-checksum'],
      expression: '$own.config | toRawJson | sha256sum | trunc 16 | quote',
    },
    { path: [...container, 'image'], expression: 'include "dorgu.image" $own.image | quote' },
    { path: [...container, 'resources'], expression: '$own.resources', isMap: true },
    { path: ['spec', 'replicas'], expression: '$own.replicas' },
  ];
}

const bounds = (path: Path): Substitution[] =>
  ['minReplicas', 'maxReplicas'].map((name) => ({
    path: [...path, name],
    expression: `$own.autoscaling.${name}`,
  }));

type Substitute = (plan: ComponentPlan) => Substitution[];

/** What only some kinds have. */
const substitutionsByKind: ReadonlyMap<string, Substitute> = new Map<string, Substitute>([
  [
    'StatefulSet',
    ({ volumes }) =>
      volumes
        .filter(({ source }) => source.kind === 'claim')
        .map(({ name }, index) => ({
          path: ['spec', 'volumeClaimTemplates', index, 'spec', 'resources', 'requests', 'storage'],
          expression: `index $own.storage ${JSON.stringify(name)} | quote`,
        })),
  ],
  ['ConfigMap', () => [{ path: ['data'], expression: '$own.config', isMap: true }]],
  [
    'HorizontalPodAutoscaler',
    () => [
      ...bounds(['spec']),
      {
        path: ['spec', 'metrics', 0, 'resource', 'target', 'averageUtilization'],
        expression: '$own.autoscaling.targetCPU',
      },
    ],
  ],
  [
    'Ingress',
    () => [
      { path: ['spec', 'rules', 0, 'host'], expression: '$own.host | quote' },
      { path: ['spec', 'tls', 0, 'hosts', 0], expression: '$own.host | quote' },
    ],
  ],
  ['HTTPRoute', () => [{ path: ['spec', 'hostnames', 0], expression: '$own.host | quote' }]],
  ['ApplicationPersona', personaSubstitutions],
]);

/** The persona promises what the values ask for. */
function personaSubstitutions(plan: ComponentPlan): Substitution[] {
  const { workload, scaling } = plan;
  const amounts = ['requests', 'limits'].flatMap((side) =>
    ['cpu', 'memory'].map((name) => ({
      path: ['spec', 'resources', side, name],
      expression: `$own.resources.${side}.${name} | quote`,
    })),
  );
  const isScaled = workload === 'Deployment' && scaling.isAutoscaled;
  return [
    { path: ['spec', 'version'], expression: '$own.image.tag | quote' },
    { path: ['spec', 'networking', 'ingress', 'host'], expression: '$own.host | quote' },
    ...amounts,
    ...(isScaled
      ? [
          ...bounds(['spec', 'scaling']),
          { path: ['spec', 'scaling', 'targetCPU'], expression: '$own.autoscaling.targetCPU' },
        ]
      : [
          { path: ['spec', 'scaling', 'minReplicas'], expression: '$own.replicas' },
          { path: ['spec', 'scaling', 'maxReplicas'], expression: 'max 1 $own.replicas' },
        ]),
  ];
}
