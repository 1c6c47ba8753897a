// A Helm chart of the same objects that kustomize gets: rendered with its own values it says the same.
import { buildNamespace } from '../namespace.ts';
import { componentFiles } from '../component-files.ts';
import type { ComponentPlan } from '../component-plan.ts';
import type { GeneratedFile, KubernetesObject } from '../generated-file.ts';
import type { ApplicationPlan } from '../plan-application.ts';
import { formatYaml, generatedHeader } from '../yaml-text.ts';
import { formatNotes } from './notes.ts';
import { substitutionsOf } from './substitutions.ts';
import { formatTemplate } from './template-text.ts';
import { formatValues } from './values.ts';

/** The files of the chart; its root is the output folder. */
export function buildChart(plan: ApplicationPlan): GeneratedFile[] {
  const { options, components } = plan;
  const inChart = (path: string, content: string): GeneratedFile => ({
    path: `${options.outputDir}/${path}`,
    content,
    objects: [],
  });
  return [
    inChart('Chart.yaml', formatChart(plan)),
    inChart('values.yaml', formatValues(plan)),
    inChart('.helmignore', 'secret.example\n'),
    inChart('templates/_helpers.tpl', helpers),
    ...namespaceTemplate(plan),
    ...components.flatMap((component) =>
      componentFiles(component).map((file) => toTemplate(file, component)),
    ),
    inChart('templates/NOTES.txt', formatNotes(plan)),
  ];
}

/** Texts that several templates use. */
const helpers = `{{- define "dorgu.image" -}}
{{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag }}{{ end }}
{{- end -}}
{{- define "dorgu.version" -}}
{{ regexReplaceAll "[^A-Za-z0-9]+$" (regexReplaceAll "^[^A-Za-z0-9]+" (toString .tag) "" | trunc 63) "" }}
{{- end -}}
`;

const semanticVersion = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z]+([.-][0-9A-Za-z]+)*)?$/;

function formatChart({ name, components }: ApplicationPlan): string {
  const tag = components[0]?.image.tag ?? '0.1.0';
  return formatYaml({
    apiVersion: 'v2',
    name,
    description: `${name}, as kubectl dorgu generate describes it`,
    type: 'application',
    version: semanticVersion.test(tag) ? tag : '0.1.0',
    appVersion: tag,
  });
}

function namespaceTemplate({ namespace, name, options }: ApplicationPlan): GeneratedFile[] {
  const object = buildNamespace(namespace, name);
  if (object === undefined) return [];
  const content = formatTemplate(object, [{ path: ['metadata', 'name'], expression: '.Release.Namespace' }], {
    comments: [generatedHeader],
    opening: '{{- if .Values.namespace.create }}',
    closing: '{{- end }}',
  });
  return [
    { path: `${options.outputDir}/templates/namespace.yaml`, content, objects: [object], isTemplate: true },
  ];
}

/** The same file as a template; what holds no object stays where it is. */
function toTemplate(file: GeneratedFile, plan: ComponentPlan): GeneratedFile {
  const [object] = file.objects;
  if (object === undefined) return file;
  const { outputDir } = plan.options;
  const own = `{{- $own := index .Values.components ${JSON.stringify(plan.name)} }}`;
  const isPersona = object.kind === 'ApplicationPersona';
  const content = formatTemplate(withHooks(object), substitutionsOf(object, plan), {
    comments: file.content.split('\n').slice(0, countComments(file.content)),
    opening: isPersona ? `{{- if .Capabilities.APIVersions.Has "dorgu.io/v1" }}\n${own}` : own,
    closing: isPersona ? '{{- end }}' : '',
  });
  const path = `${outputDir}/templates${file.path.slice(outputDir.length)}`;
  return { ...file, path, content, isTemplate: true };
}

function countComments(content: string): number {
  return content.split('\n').findIndex((line) => !line.startsWith('#'));
}

/** A Job cannot be upgraded: Helm makes it anew as a hook, after everything that it needs is there. */
function withHooks(object: KubernetesObject): KubernetesObject {
  if (object.kind !== 'Job') return object;
  const annotations = {
    ...(object.metadata['annotations'] as Record<string, string> | undefined),
    'helm.sh/hook': 'post-install,post-upgrade',
    'helm.sh/hook-delete-policy': 'before-hook-creation',
  };
  return { ...object, metadata: { ...object.metadata, annotations } };
}
