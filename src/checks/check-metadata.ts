// Names, namespaces, labels and annotations of any object.
import type { CheckedObject, Finding, Report } from './finding.ts';
import { fieldAt, fieldsOf, textOf } from '../api/foreign-fields.ts';
import { reportFor } from './finding.ts';
import { dnsLabel, dnsName, labelKey, labelValue, serviceName } from './syntax.ts';
import { checkSyntax } from './check-values.ts';

const clusterScoped = new Set(['Namespace']);
const labelNamed = new Set(['Namespace', 'ApplicationPersona']);

/** Longest name of a CronJob, whose Jobs' names append to it, and of a StatefulSet, whose pods' labels do. */
const maxShortNameLength = 52;
const shortNamed = new Set(['CronJob', 'StatefulSet']);

/** Findings about the object's metadata and its pods' labels. */
export function checkMetadata(object: CheckedObject): Finding[] {
  const report = reportFor(object.file);
  const metadata = fieldAt(object.value, 'metadata');
  const template = templateMetadata(object);
  return [
    ...checkName(object, report),
    ...checkNamespace(object, report),
    ...checkLabels(fieldAt(metadata, 'labels'), 'metadata.labels', report),
    ...checkKeys(fieldAt(metadata, 'annotations'), 'metadata.annotations', report),
    ...(template ? checkLabels(fieldAt(template.value, 'labels'), `${template.path}.labels`, report) : []),
  ];
}

function checkName(object: CheckedObject, report: Report): Finding[] {
  const { kind, name } = object;
  const syntax = kind === 'Service' ? serviceName : labelNamed.has(kind) ? dnsLabel : dnsName;
  const findings = checkSyntax(
    fieldAt(object.value, 'metadata', 'name'),
    syntax,
    'metadata.name',
    'the name',
    report,
  );
  if (shortNamed.has(kind) && name.length > maxShortNameLength) {
    findings.push(
      report('metadata.name', 'the name is too long', `at most ${maxShortNameLength} characters`, name),
    );
  }
  return findings;
}

function checkNamespace({ kind, value }: CheckedObject, report: Report): Finding[] {
  const namespace = fieldAt(value, 'metadata', 'namespace');
  if (!clusterScoped.has(kind))
    return checkSyntax(namespace, dnsLabel, 'metadata.namespace', 'the namespace', report);
  if (namespace === undefined) return [];
  return [report('metadata.namespace', `a ${kind} has no namespace`, 'no namespace', namespace)];
}

function checkLabels(labels: unknown, path: string, report: Report): Finding[] {
  return [
    ...checkKeys(labels, path, report),
    ...Object.entries(fieldsOf(labels)).flatMap(([key, value]) =>
      checkSyntax(value, labelValue, `${path}.${key}`, 'the label value', report),
    ),
  ];
}

function checkKeys(map: unknown, path: string, report: Report): Finding[] {
  return Object.keys(fieldsOf(map)).flatMap((key) =>
    checkSyntax(key, labelKey, `${path}.${key}`, 'the key', report),
  );
}

/** The metadata of the pods that the object makes. */
export function templateMetadata({
  kind,
  value,
}: CheckedObject): { path: string; value: unknown } | undefined {
  const path = templatePath(kind);
  return path === undefined
    ? undefined
    : { path: `${path}.metadata`, value: fieldAt(value, ...path.split('.'), 'metadata') };
}

/** Where the pod template of a kind is; undefined for kinds without one. */
export function templatePath(kind: string): string | undefined {
  if (kind === 'CronJob') return 'spec.jobTemplate.spec.template';
  return ['Deployment', 'DaemonSet', 'StatefulSet', 'Job'].includes(kind) ? 'spec.template' : undefined;
}

/** Labels of the pods that the object makes. */
export function templateLabels(object: CheckedObject): ReadonlyMap<string, string> {
  const labels = fieldsOf(fieldAt(templateMetadata(object)?.value, 'labels'));
  return new Map(Object.entries(labels).map(([key, value]) => [key, textOf(value)]));
}
