// Why a chart's own files, Chart.yaml and values.yaml, are as they are.
import {
  explainDescription,
  explainRepository,
  explainReplicas,
  explainTag,
  explainVolume,
} from './plan-reasons.ts';
import { amountFields } from './container-fields.ts';
import { findExplain } from './find-explain.ts';
import {
  always,
  type ComponentFieldView,
  type Explain,
  type FieldPath,
  type FieldTable,
  type FieldView,
  type Reason,
} from './reason.ts';
import { explainMaximum, explainTarget, scalingTables } from './scaling-fields.ts';

const versionOf = ({ application: { components } }: FieldView): Reason =>
  components[0]
    ? explainTag(components[0])
    : { because: 'the version of the application', settings: ['tag'] };

/** Of Chart.yaml. */
export const chartFields: FieldTable = {
  apiVersion: always("the version of the chart's format that Helm 3 and 4 read"),
  name: () => ({ because: 'the name of the application, made a DNS label', settings: ['name'] }),
  description: (view) =>
    view.application.components[0]
      ? {
          ...explainDescription(view.application.components[0]),
          because: 'says in a list of charts where this one comes from',
        }
      : { because: 'says in a list of charts where this one comes from' },
  type: always('it is installed by itself, not part of others'),
  version: (view) => ({
    ...versionOf(view),
    because: `${versionOf(view).because}, where Helm takes it for a version`,
  }),
  appVersion: versionOf,
};

/** Below a component of values.yaml, without the component's name: the value that the chart installs where nobody gives another. */
const componentValueFields: FieldTable<ComponentFieldView> = {
  'image.repository': ({ component }) => explainRepository(component),
  'image.tag': ({ component }) => explainTag(component),
  'image.digest': ({ component }) => ({
    because:
      component.image.digest === undefined
        ? 'the workflow writes the digest of what it built here; until then the tag says what runs'
        : 'the digest that was pinned: it says what runs, and the tag only names the version',
    rule: 'image/tag',
  }),
  replicas: ({ component }) => explainReplicas(component),
  'autoscaling.minReplicas': ({ component }) => explainReplicas(component),
  'autoscaling.maxReplicas': ({ component }) => explainMaximum(component),
  'autoscaling.targetCPU': explainTarget,
  host: () => ({ because: 'the DNS name that it is served under', settings: ['host', 'ingress.host'] }),
  'storage.*': ({ component, path }) =>
    explainVolume(
      component,
      component.volumes.find(({ name }) => name === path.at(-1)),
    ),
  'config.*': (view) =>
    scalingTables.get('ConfigMap')?.['data.*']?.({ ...view, path: ['data', ...view.path.slice(-1)] }) ?? {
      because: 'the source sets it',
    },
  ...amountFields,
};

/** Of values.yaml. */
export function findValueExplain(path: FieldPath): Explain | undefined {
  if (path[0] !== 'components') return findExplain(valuesFields, path);
  const explain = findExplain(componentValueFields, path.slice(2));
  return explain && ((view) => inComponent(view, explain));
}

const valuesFields: FieldTable = {
  'namespace.create': always('helm install has --create-namespace; this is for helm template alone'),
};

function inComponent(view: FieldView, explain: Explain<ComponentFieldView>): Reason {
  const component = view.application.components.find(({ name }) => name === view.path[1]);
  return component ? explain({ ...view, component }) : { because: 'a value of a component' };
}
