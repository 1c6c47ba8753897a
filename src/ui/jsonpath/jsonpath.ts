// JSONPath templates as kubectl's -o jsonpath has them: parsed once, then run on one document after another.
import { evaluateTemplate, type Results } from './evaluate.ts';
import { formatResults, formatResultsAsJson } from './format-results.ts';
import type { JsonValue } from './json-value.ts';
import { parseTemplate } from './parse-template.ts';
import { createTemplateError } from './template-error.ts';

export type { JsonValue } from './json-value.ts';

/** A template that can be read. */
export interface Template {
  /** What it prints; nothing is added to the end. @throws DorguError TemplateFailed */
  format(document: JsonValue): string;
  /** The values as indented JSON, an array for each of its pieces. @throws DorguError TemplateFailed */
  formatAsJson(document: JsonValue): string;
}

/**
 * A template with expressions between braces; one that has none and begins like an expression (`.metadata.name`) is taken for one.
 * @throws DorguError BadTemplate (usage)
 */
export function createTemplate(text: string): Template {
  if (text === '') throw createTemplateError('it is empty');
  const isBare = !text.includes('{') && /^[.$@[]/.test(text);
  const nodes = parseTemplate(isBare ? `{${text}}` : text);
  return {
    format: (document) => evaluateTemplate(nodes, document).map(formatResults).join(''),
    formatAsJson: (document) => evaluateTemplate(nodes, document).map(formatResultsAsJson).join(''),
  };
}

/**
 * A path to one value, as --sort-by takes it: `metadata.name`, `.metadata.name`, `{.metadata.name}`.
 * @returns finds the values in a document
 * @throws DorguError BadTemplate (usage)
 */
export function createPath(text: string): (document: JsonValue) => Results {
  const match = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(text);
  if (match === null)
    throw createTemplateError(`expected a path such as .metadata.name or {.metadata.name}, found ${text}`);
  const nodes = parseTemplate(`{.${match[1] ?? match[2] ?? ''}}`);
  return (document) => evaluateTemplate(nodes, document).flat();
}
