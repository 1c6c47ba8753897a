// What each settings file may hold, as JSON schema: the table of settings at their places, and what is recorded without effect.
import { componentFields, singleComponentFields } from './component-fields.ts';
import type { FileLayer } from './field.ts';
import { fieldList } from './fields.ts';
import { flag, integer, text, word, wordList, type JsonSchema } from './value-kind.ts';

const section = (properties: Record<string, JsonSchema>, required?: readonly string[]): JsonSchema => ({
  type: ['object', 'null'],
  additionalProperties: false,
  properties,
  ...(required === undefined ? {} : { required }),
});
const list = (items: JsonSchema): JsonSchema => ({ type: ['array', 'null'], items, maxItems: 100 });

/** Kinds of dependencies, as the persona has them. */
export const DEPENDENCY_TYPES = ['database', 'cache', 'queue', 'service', 'external'] as const;

const dependencies = list(
  section(
    {
      name: word.schema,
      type: { enum: [...DEPENDENCY_TYPES, '', null] },
      required: flag.schema,
      health_check: text.schema,
      port: integer(1, 65_535).schema,
    },
    ['name'],
  ),
);
const paths: JsonSchema = {
  type: ['array', 'null'],
  maxItems: 100,
  items: {
    type: ['string', 'object'],
    additionalProperties: false,
    properties: { path: word.schema, path_type: word.schema },
    required: ['path'],
  },
};
const version: JsonSchema = { enum: ['1', 1], description: 'version of this file' };
const seconds = integer(0, 86_400).schema;

/** What is understood without being a setting of its own, by place. */
const extras: Record<FileLayer, Readonly<Record<string, JsonSchema>>> = {
  app: {
    version,
    dependencies,
    'ingress.paths': paths,
    'ingress.tls.enabled': flag.schema,
    'health.liveness.initial_delay': seconds,
    'health.liveness.period': seconds,
    'health.readiness.initial_delay': seconds,
    'health.readiness.period': seconds,
    'operations.alerts': wordList.schema,
  },
  workspace: {
    version,
    'naming.pattern': text.schema,
    'naming.dns_safe': flag.schema,
    'resources.profiles': { type: ['object', 'null'] },
    'labels.required': wordList.schema,
    security: { type: ['object', 'null'] },
    'ingress.domain_suffix': text.schema,
    'ingress.tls.enabled': flag.schema,
    'argocd.destination.namespace': text.schema,
    'argocd.sync_policy': { type: ['object', 'null'] },
  },
  global: { version },
};

/** The schema of one component below components. */
function createComponentSchema(): JsonSchema {
  const root = section({});
  for (const [name, { kind, summary }] of Object.entries({ ...componentFields, ...singleComponentFields })) {
    insert(root, name, { ...kind.schema, description: summary });
  }
  insert(root, 'dependencies', dependencies);
  insert(root, 'ingress.paths', paths);
  return root;
}

function createFileSchema(layer: FileLayer): JsonSchema {
  const root = section({});
  for (const [place, schema] of Object.entries(extras[layer])) insert(root, place, schema);
  for (const [, { kind, summary, places }] of fieldList) {
    const place = places[layer];
    if (place !== undefined) insert(root, place, { ...kind.schema, description: summary });
  }
  if (layer === 'app') {
    insert(root, 'components', {
      type: ['object', 'null'],
      maxProperties: 500,
      additionalProperties: createComponentSchema(),
    });
  }
  return root;
}

function insert(root: JsonSchema, place: string, schema: JsonSchema): void {
  const parts = place.split('.');
  const last = parts.pop() ?? '';
  let node = root;
  for (const part of parts) {
    const properties = (node.properties ??= {});
    node = properties[part] ??= section({});
  }
  (node.properties ??= {})[last] = schema;
}

/** By file, in no need of a file: what is known is known before anything is read. */
export const fileSchemas: Readonly<Record<FileLayer, JsonSchema>> = {
  app: createFileSchema('app'),
  workspace: createFileSchema('workspace'),
  global: createFileSchema('global'),
};
