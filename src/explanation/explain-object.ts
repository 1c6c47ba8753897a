// Every leaf field of a generated file with its reason: picks the table by the kind of the object, or by the name of the file.
import type { GeneratedFile } from '../manifests/generated-file.ts';
import { gitlabPipelinePath } from '../manifests/gitlab-pipeline.ts';
import { substitutionsOf } from '../manifests/helm/substitutions.ts';
import type { ApplicationPlan } from '../manifests/plan-application.ts';
import { chartFields, findValueExplain } from './chart-fields.ts';
import { argoFields, kustomizationFields, namespaceFields } from './delivery-fields.ts';
import { findExplain } from './find-explain.ts';
import { formatPath } from './field-path.ts';
import { listLeaves } from './leaves.ts';
import { metadataFields } from './metadata-fields.ts';
import { networkTables } from './network-fields.ts';
import { personaFields } from './persona-fields.ts';
import { githubFields, gitlabBuildFields, gitlabFields } from './pipeline-fields.ts';
import type { ComponentFieldView, Explain, FieldPath, FieldTable, FieldView, Reason } from './reason.ts';
import { scalingTables } from './scaling-fields.ts';
import { workloadTables } from './workload-fields.ts';

/** A field with its reason; `reason` is absent where no table knows it. */
export interface ExplainedField {
  path: FieldPath;
  value: unknown;
  reason?: Reason;
}

const componentTables: ReadonlyMap<string, FieldTable<ComponentFieldView>> = new Map([
  ...workloadTables,
  ...networkTables,
  ...scalingTables,
  ['ApplicationPersona', personaFields],
]);

const sharedTables: ReadonlyMap<string, FieldTable> = new Map([
  ['Namespace', namespaceFields],
  ['Application', argoFields],
  ['Kustomization', kustomizationFields],
]);

/** Explains one document of a generated file: `document` is its object, or what its YAML says. */
export function explainDocument(
  application: ApplicationPlan,
  file: Pick<GeneratedFile, 'path' | 'component' | 'isTemplate'>,
  document: Record<string, unknown>,
): ExplainedField[] {
  const component = application.components.find(({ name }) => name === file.component);
  return listLeaves(document).map(({ path, value }) => {
    const view = { application, component, object: document, path, value };
    const reason = explainField(file.path, view);
    if (!reason) return { path, value };
    return { path, value, reason: file.isTemplate === true ? asTemplate(view, reason) : reason };
  });
}

function explainField(file: string, view: FieldView): Reason | undefined {
  const { component, object, path } = view;
  const kind = typeof object['kind'] === 'string' ? object['kind'] : '';
  const table = componentTables.get(kind);
  if (table && component) {
    const explain = findExplain(table, path) ?? findExplain(metadataFields, path);
    return explain?.({ ...view, component });
  }
  const shared = sharedTables.get(kind);
  const explain = shared ? findExplain(shared, path) : findFileExplain(file, path);
  return explain?.(view);
}

function findFileExplain(file: string, path: FieldPath): Explain | undefined {
  if (file.endsWith('/Chart.yaml')) return findExplain(chartFields, path);
  if (file.endsWith('/values.yaml')) return findValueExplain(path);
  if (file.startsWith('.github/workflows/')) return findExplain(githubFields, path);
  if (file !== gitlabPipelinePath) return undefined;
  const variable = path[1] === 'variables' ? /^([A-Z]+)_\d+$/.exec(String(path[2]))?.[1] : undefined;
  return (
    (variable === undefined ? undefined : gitlabBuildFields[variable]) ?? findExplain(gitlabFields, path)
  );
}

/** In a chart, some values are the installer's to choose. */
function asTemplate(view: FieldView, reason: Reason): Reason {
  const { component, object, path } = view;
  if (!component) return reason;
  const place = formatPath(path);
  const known = substitutionsOf(object as Parameters<typeof substitutionsOf>[0], component);
  const own = known.find(
    (one) => place === formatPath(one.path) || place.startsWith(`${formatPath(one.path)}.`),
  );
  if (!own) return reason;
  const value = own.expression.replace(/\$own\b/g, `.Values.components.${component.name}`);
  return {
    ...reason,
    because: `{{ ${value} }}, which is this where nobody gives another: ${reason.because}`,
  };
}
