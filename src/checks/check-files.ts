// All checks over all generated files: what is found here is never written.
import { compareText } from '../api/compare-text.ts';
import { checkCustomResource } from './check-custom-resource.ts';
import { checkMetadata } from './check-metadata.ts';
import { checkPersona } from './check-persona.ts';
import { checkPod } from './check-pod.ts';
import { checkReferences } from './check-references.ts';
import { checkShape, isKnownKind } from './check-shape.ts';
import { checkKustomizations, checkText } from './check-text.ts';
import { checkWorkload } from './check-workload.ts';
import type { CheckedFile, CheckedObject, Finding } from './finding.ts';
import { fieldAt, fieldsOf, textOf } from '../api/foreign-fields.ts';
import { reportFor } from './finding.ts';

/** Kinds beside Kubernetes' own that generate writes. */
const customKinds = new Set(['ApplicationPersona', 'Application', 'HTTPRoute']);

/** Everything that is wrong with the files, in their order; none for what the API server would take. Pure, and never throws for foreign objects. */
export function checkFiles(files: readonly CheckedFile[]): Finding[] {
  const objects = files.flatMap((file) => file.objects.map((value) => toCheckedObject(file.path, value)));
  const findings = [
    ...files.flatMap(checkText),
    ...checkKustomizations(files),
    ...objects.flatMap(checkObject),
    ...checkReferences(objects),
  ];
  const order = new Map(files.map(({ path }, index) => [path, index]));
  return findings.sort(
    (left, right) =>
      (order.get(left.file) ?? 0) - (order.get(right.file) ?? 0) || compareText(left.path, right.path),
  );
}

function checkObject(object: CheckedObject): Finding[] {
  if (!isKnownKind(object) && !customKinds.has(object.kind)) {
    const report = reportFor(object.file);
    return [
      report(
        'kind',
        'generate does not write such objects',
        'a kind that is checked',
        `${object.apiVersion} ${object.kind}`,
      ),
    ];
  }
  return [
    ...checkShape(object),
    ...checkMetadata(object),
    ...checkPod(object),
    ...checkWorkload(object),
    ...checkPersona(object),
    ...checkCustomResource(object),
  ];
}

function toCheckedObject(file: string, value: object): CheckedObject {
  return {
    file,
    apiVersion: textOf(fieldAt(value, 'apiVersion')),
    kind: textOf(fieldAt(value, 'kind')),
    name: textOf(fieldAt(value, 'metadata', 'name')),
    namespace: textOf(fieldAt(value, 'metadata', 'namespace')),
    value: fieldsOf(value),
  };
}
