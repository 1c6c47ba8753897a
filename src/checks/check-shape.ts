// Objects against Kubernetes' own OpenAPI: types, enums, required and unknown fields.
import type { ShapeError } from '../api/validate-function.ts';
import type { CheckedObject, Finding } from './finding.ts';
import { fieldAt, fieldsOf, listOf } from '../api/foreign-fields.ts';
import { reportFor } from './finding.ts';
import { kubernetesValidators } from './generated/kubernetes.js';

/** More of these from one object nobody reads. */
const maxFindings = 20;

/** Whether Kubernetes itself defines the kind, so that its schema is known here. */
export function isKnownKind({ apiVersion, kind }: CheckedObject): boolean {
  return Object.hasOwn(kubernetesValidators, `${apiVersion}/${kind}`);
}

/** Findings of the schema; none for kinds that Kubernetes does not define. */
export function checkShape(object: CheckedObject): Finding[] {
  const key = `${object.apiVersion}/${object.kind}`;
  const validate = Object.hasOwn(kubernetesValidators, key) ? kubernetesValidators[key] : undefined;
  if (!validate || validate(object.value)) return [];
  return (validate.errors ?? []).slice(0, maxFindings).map((error) => toFinding(error, object));
}

function toFinding(error: ShapeError, { file, value }: CheckedObject): Finding {
  const report = reportFor(file);
  const { path, found } = follow(error.instancePath, value);
  const { params } = error;
  if (error.keyword === 'required') {
    return report(
      join(path, String(params['missingProperty'])),
      'a required field is missing',
      'a value',
      undefined,
    );
  }
  if (error.keyword === 'additionalProperties') {
    const name = String(params['additionalProperty']);
    return report(join(path, name), 'Kubernetes knows no such field', 'no such field', fieldsOf(found)[name]);
  }
  return report(path, 'the value does not fit its field', describeExpected(error), found);
}

function describeExpected({ keyword, params }: ShapeError): string {
  const { type, allowedValues, limit } = params;
  switch (keyword) {
    case 'type':
      return Array.isArray(type) ? type.join(' or ') : String(type);
    case 'enum':
      return `one of ${listOf(allowedValues).map(String).join(', ')}`;
    case 'minimum':
      return `${String(limit)} or more`;
    case 'maximum':
      return `${String(limit)} or less`;
    case 'const':
      return String(params['allowedValue']);
    default:
      return `what ${keyword} asks for`;
  }
}

/** A JSON pointer as a path for people, and the value there. */
function follow(pointer: string, root: unknown): { path: string; found: unknown } {
  let path = '';
  let found = root;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(found)) {
      path += `[${key}]`;
      found = listOf(found)[Number(key)];
    } else {
      path = join(path, key);
      found = fieldAt(found, key);
    }
  }
  return { path, found };
}

function join(path: string, key: string): string {
  const name = /^[A-Za-z_][A-Za-z0-9_-]*$/.test(key) ? key : `[${JSON.stringify(key)}]`;
  if (path === '' || name.startsWith('[')) return `${path}${name}`;
  return `${path}.${name}`;
}
