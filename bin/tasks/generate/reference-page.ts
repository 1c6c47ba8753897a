// Writes docs/reference/api.md: every field of both kinds in tables, from src/api/schema.
import { apiVersion } from '../../../src/api/group-version.ts';
import { kindDefinitions } from '../../../src/api/schema/kinds.ts';
import type { KindDefinition } from '../../../src/api/schema/kinds.ts';
import type { Schema } from '../../../src/api/schema/schema.ts';
import { describeFacts } from './describe-schema.ts';
import { header } from './generated-file.ts';
import type { GeneratedFile } from './generated-file.ts';

/** The page. */
export function generateReferencePage(): GeneratedFile[] {
  const text = [
    `<!-- ${header} src/api/schema. -->`,
    `# The API: ${apiVersion}`,
    'Fields are optional unless they are marked with `*`. An absent object is judged with the defaults of its fields. ' +
      'Unknown fields are refused by `kubectl apply` and dropped by the API server. Quantities may be written as text or, where they are whole, as a number.',
    ...kindDefinitions.flatMap(toKindSection),
  ].join('\n\n');
  // Not formatted: columns padded to the longest cell would make every line of a table differ when one does.
  return [{ path: 'docs/reference/api.md', text: `${text}\n`, isFormatted: false }];
}

function toKindSection(definition: KindDefinition): string[] {
  const { kind, description, scope, shortNames, plural, columns } = definition;
  const wide = columns.filter(({ isWide }) => isWide).map(({ name }) => name);
  const narrow = columns.filter(({ isWide }) => !isWide).map(({ name }) => name);
  return [
    `## ${kind}`,
    description,
    `${scope === 'Cluster' ? 'Cluster-scoped' : 'Namespaced'}. \`kubectl get ${plural}\`, or ${shortNames.map((name) => `\`${name}\``).join(', ')}; also in the category \`dorgu\`. ` +
      `Columns: ${narrow.join(', ')}; with \`-o wide\` also ${wide.join(', ')}. \`--field-selector\` knows ${definition.selectableFields.map((field) => `\`${field.slice(1)}\``).join(', ')}.`,
    ...toFieldSection(kind, 'spec', definition.spec),
    ...toFieldSection(kind, 'status', definition.status),
  ];
}

function toFieldSection(kind: string, name: string, schema: Schema): string[] {
  const rules = collectRules(schema, name);
  return [
    `### ${kind} ${name}`,
    schema.description,
    ['| field | type | meaning |', '| --- | --- | --- |', ...toRows(schema, name)].join('\n'),
    ...(rules.length > 0 ? ['Rules over several fields:', [...new Set(rules)].join('\n')] : []),
  ];
}

function toRows(schema: Schema, path: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const fieldPath = `${path}.${name}`;
    const inner = field.items ?? field;
    return [toRow(field, fieldPath), ...toRows(inner, `${fieldPath}${suffixOf(field)}`)];
  });
}

const suffixOf = ({ type }: Schema) => ({ list: '[]', map: '.*' })[type as string] ?? '';

function toRow(field: Schema, path: string): string {
  const facts = [
    ...describeFacts(field),
    ...(field.items && !field.items.properties ? describeFacts(field.items) : []),
  ];
  const meaning = [field.description, ...facts.map((fact) => `${fact}.`)].join(' ');
  return `| \`${path}\`${field.isRequired ? '\\*' : ''} | ${toTypeWords(field)} | ${escapeCell(meaning)} |`;
}

function toTypeWords(field: Schema): string {
  if (field.enum) return field.enum.map((word) => `\`${word}\``).join(', ');
  if (field.type === 'list' && field.items) return `list of ${toTypeWords(field.items)}`;
  if (field.type === 'map' && field.items) return `map of ${toTypeWords(field.items)}`;
  if (field.type === 'intOrString') return 'integer or string';
  return field.type;
}

const escapeCell = (text: string) => text.replaceAll('|', '\\|').replaceAll('*', '\\*');

function collectRules(schema: Schema, path: string): string[] {
  const own =
    schema.type === 'object' ? (schema.rules ?? []).map(({ message }) => `- \`${path}\`: ${message}`) : [];
  const inner = schema.items ? collectRules(schema.items, `${path}${suffixOf(schema)}`) : [];
  const below = Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    collectRules(field, `${path}.${name}`),
  );
  return [...own, ...inner, ...below];
}
