// What is wrong with a JSONPath template, or with a template on the objects that it met.
import { DorguError } from '../../api/errors.ts';

const hint =
  "kubectl's templates look like '{.items[*].metadata.name}': https://kubernetes.io/docs/reference/kubectl/jsonpath/";

/** The template itself cannot be read: exit code 2. */
export function createTemplateError(message: string): DorguError {
  return new DorguError('BadTemplate', `cannot read the JSONPath template: ${message}`, {
    hint,
  });
}

/** The template means something, but not for these objects: exit code 1. */
export function createEvaluationError(message: string): DorguError {
  return new DorguError('TemplateFailed', `the JSONPath template does not fit the objects: ${message}`, {
    hint: '-o json shows the objects',
  });
}
