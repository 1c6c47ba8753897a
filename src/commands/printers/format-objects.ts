// Objects of the API as text, as kubectl prints them with -o json|yaml|name|jsonpath.
import type { KubeObject } from '../../kube/objects.ts';
import { escapeLines, escapeText } from '../../ui/escape.ts';
import type { JsonValue } from '../../ui/jsonpath/jsonpath.ts';
import { formatStructured } from '../../ui/structured.ts';
import type { PlainObjectFormat } from './object-format.ts';

/** One object. @throws DorguError TemplateFailed */
export function formatObject(object: KubeObject, format: PlainObjectFormat): string {
  return format.kind === 'name'
    ? `${formatObjectName(object)}\n`
    : formatDocument(withoutManagedFields(object), format);
}

/** Several objects: a `List` for programs, a line each for names. @throws DorguError TemplateFailed */
export function formatObjectList(objects: readonly KubeObject[], format: PlainObjectFormat): string {
  if (format.kind === 'name') return objects.map((object) => `${formatObjectName(object)}\n`).join('');
  const list = {
    apiVersion: 'v1',
    kind: 'List',
    metadata: { resourceVersion: '' },
    items: objects.map(withoutManagedFields),
  };
  return formatDocument(list, format);
}

/** One object alone, several as a `List`: what kubectl does with what a command line names. @throws DorguError TemplateFailed */
export function formatObjects(objects: readonly KubeObject[], format: PlainObjectFormat): string {
  const [only] = objects;
  return only !== undefined && objects.length === 1
    ? formatObject(only, format)
    : formatObjectList(objects, format);
}

/** Whatever a program reads: JSON, YAML or what a template finds. @throws DorguError TemplateFailed */
export function formatDocument(
  document: object,
  format: Exclude<PlainObjectFormat, { kind: 'name' }>,
): string {
  if (format.kind !== 'template') return formatStructured(document, format.kind);
  const { template, isJson, isEscaped } = format;
  // Everything in it came as JSON.
  const value = document as JsonValue;
  const text = isJson ? template.formatAsJson(value) : template.format(value);
  return isEscaped ? escapeLines(text) : text;
}

/** `applicationpersona.dorgu.io/shop`: what kubectl takes as an argument, too. */
export function formatObjectName({ apiVersion, kind, metadata }: KubeObject): string {
  return escapeText(`${formatKind({ apiVersion, kind })}/${metadata.name}`);
}

/** `applicationpersona.dorgu.io`; `namespace` for the core group. */
export function formatKind({ apiVersion, kind }: { apiVersion: string; kind: string }): string {
  const slash = apiVersion.lastIndexOf('/');
  const group = slash === -1 ? '' : `.${apiVersion.slice(0, slash)}`;
  return `${kind.toLowerCase()}${group}`;
}

/** Nobody reads who wrote which field; `kubectl get --show-managed-fields` shows it. */
export function withoutManagedFields(object: KubeObject): KubeObject {
  const metadata = { ...object.metadata };
  delete metadata.managedFields;
  return { ...object, metadata };
}
