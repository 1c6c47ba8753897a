// Writes config/crd/bases: one CustomResourceDefinition a kind, from src/api/schema.
import { stringify } from 'yaml';
import { group, version } from '../../../src/api/group-version.ts';
import { kindDefinitions } from '../../../src/api/schema/kinds.ts';
import type { KindDefinition } from '../../../src/api/schema/kinds.ts';
import type { CrossFieldRule } from '../../../src/api/schema/cross-field-rule.ts';
import type { Schema } from '../../../src/api/schema/schema.ts';
import { describeSchema } from './describe-schema.ts';
import { header } from './generated-file.ts';
import type { GeneratedFile } from './generated-file.ts';

type Json = Record<string, unknown>;

/** One YAML file a kind. */
export function generateCustomResourceDefinitions(): GeneratedFile[] {
  return kindDefinitions.map((definition) => ({
    path: `config/crd/bases/${group}_${definition.plural}.yaml`,
    text: `# ${header} src/api/schema.\n${stringify(toCustomResourceDefinition(definition), { lineWidth: 0, aliasDuplicateObjects: false, version: '1.1' })}`,
    isFormatted: false,
  }));
}

function toCustomResourceDefinition(definition: KindDefinition): Json {
  const { kind, plural, singular, shortNames, scope } = definition;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}`, labels: { 'app.kubernetes.io/name': 'dorgu' } },
    spec: {
      group,
      names: { kind, listKind: `${kind}List`, plural, singular, shortNames, categories: ['dorgu'] },
      scope,
      versions: [toVersion(definition)],
    },
  };
}

function toVersion({ columns, description, selectableFields, spec, status }: KindDefinition): Json {
  return {
    name: version,
    served: true,
    storage: true,
    subresources: { status: {} },
    additionalPrinterColumns: columns.map(({ name, type, jsonPath, description: meaning, isWide }) => ({
      name,
      type,
      description: meaning,
      jsonPath,
      ...(isWide ? { priority: 1 } : {}),
    })),
    selectableFields: selectableFields.map((jsonPath) => ({ jsonPath })),
    schema: {
      openAPIV3Schema: {
        type: 'object',
        description,
        required: ['spec'],
        properties: {
          apiVersion: { type: 'string', description: `${group}/${version}.` },
          kind: { type: 'string', description: 'The kind of the object.' },
          metadata: { type: 'object' },
          spec: toOpenApi(spec),
          status: toOpenApi(status),
        },
      },
    },
  };
}

/** The schema in the words of a CRD. */
function toOpenApi(schema: Schema): Json {
  return {
    ...toOpenApiType(schema),
    description: describeSchema(schema),
    ...pick(schema, ['default', 'format', 'enum', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum']),
    ...toOpenApiContents(schema),
    ...(schema.rules ? { 'x-kubernetes-validations': schema.rules.map(toValidation) } : {}),
  };
}

function toOpenApiType({ type }: Schema): Json {
  if (type === 'intOrString')
    return { anyOf: [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true };
  if (type === 'list') return { type: 'array' };
  return { type: type === 'map' ? 'object' : type };
}

function toOpenApiContents(schema: Schema): Json {
  if (schema.properties) return toOpenApiFields(schema.properties);
  if (!schema.items) return {};
  const items = toOpenApi(schema.items);
  if (schema.type === 'map') return { additionalProperties: items, maxProperties: schema.maxItems };
  return {
    ...pick(schema, ['minItems', 'maxItems']),
    items,
    'x-kubernetes-list-type': schema.listType,
    ...(schema.keys ? { 'x-kubernetes-list-map-keys': schema.keys } : {}),
  };
}

function toOpenApiFields(fields: Readonly<Record<string, Schema>>): Json {
  const required = Object.keys(fields).filter((name) => fields[name]?.isRequired);
  return {
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, toOpenApi(field)])),
  };
}

function toValidation({ cel, message, fieldPath }: CrossFieldRule): Json {
  return { rule: cel, message, ...(fieldPath === undefined ? {} : { fieldPath }) };
}

function pick(schema: Schema, keys: readonly (keyof Schema)[]): Json {
  return Object.fromEntries(keys.filter((key) => schema[key] !== undefined).map((key) => [key, schema[key]]));
}
