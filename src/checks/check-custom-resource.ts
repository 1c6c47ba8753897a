// Kinds that neither Kubernetes nor we define, as far as generate writes them: Argo CD's Application and the Gateway API's HTTPRoute.
import { checkPortNumber, checkSyntax } from './check-values.ts';
import type { CheckedObject, Finding, Report } from './finding.ts';
import { fieldAt, listOf, textOf } from '../api/foreign-fields.ts';
import { reportFor } from './finding.ts';
import { dnsLabel, dnsName, hostName } from './syntax.ts';

/** Findings about an Application or HTTPRoute; none for other kinds. */
export function checkCustomResource(object: CheckedObject): Finding[] {
  const report = reportFor(object.file);
  if (object.kind === 'Application') return checkApplication(object, report);
  return object.kind === 'HTTPRoute' ? checkRoute(object, report) : [];
}

function checkApplication({ value }: CheckedObject, report: Report): Finding[] {
  const source = fieldAt(value, 'spec', 'source');
  const texts = [
    ['spec.project', fieldAt(value, 'spec', 'project')],
    ['spec.source.repoURL', fieldAt(source, 'repoURL')],
    ['spec.source.targetRevision', fieldAt(source, 'targetRevision')],
    ['spec.source.path', fieldAt(source, 'path')],
    ['spec.destination.server', fieldAt(value, 'spec', 'destination', 'server')],
  ] as const;
  const path = textOf(fieldAt(source, 'path'));
  return [
    ...texts.flatMap(([place, text]) =>
      textOf(text) === '' ? [report(place, 'Argo CD needs this field', 'text', text)] : [],
    ),
    ...(path.startsWith('/') || path.split('/').includes('..')
      ? [report('spec.source.path', 'the path leaves the repository', 'a path inside of it', path)]
      : []),
    ...checkSyntax(
      fieldAt(value, 'spec', 'destination', 'namespace'),
      dnsLabel,
      'spec.destination.namespace',
      'the namespace',
      report,
    ),
  ];
}

function checkRoute({ value }: CheckedObject, report: Report): Finding[] {
  const spec = fieldAt(value, 'spec');
  const parents = listOf(fieldAt(spec, 'parentRefs'));
  return [
    ...(parents.length === 0
      ? [report('spec.parentRefs', 'the route hangs on no Gateway', 'a Gateway', undefined)]
      : []),
    ...parents.flatMap((parent, index) =>
      checkSyntax(
        fieldAt(parent, 'name'),
        dnsName,
        `spec.parentRefs[${index}].name`,
        "the Gateway's name",
        report,
      ),
    ),
    ...listOf(fieldAt(spec, 'hostnames')).flatMap((host, index) =>
      checkSyntax(host, hostName, `spec.hostnames[${index}]`, 'the host', report),
    ),
    ...listOf(fieldAt(spec, 'rules')).flatMap((rule, index) =>
      listOf(fieldAt(rule, 'backendRefs')).flatMap((backend, place) =>
        checkPortNumber(fieldAt(backend, 'port'), `spec.rules[${index}].backendRefs[${place}].port`, report),
      ),
    ),
  ];
}
