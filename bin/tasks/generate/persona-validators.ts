// Writes src/api/generated/validators.js: both kinds' schemas compiled to code that needs no library at run time.
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { apiVersion } from '../../../src/api/group-version.ts';
import { kindDefinitions } from '../../../src/api/schema/kinds.ts';
import type { KindDefinition } from '../../../src/api/schema/kinds.ts';
import { dnsLabel, dnsSubdomain, labelKey, labelValue } from '../../../src/api/schema/text.ts';
import type { Schema } from '../../../src/api/schema/schema.ts';
import { header } from './generated-file.ts';
import type { GeneratedFile } from './generated-file.ts';
import { makeSelfContained } from './self-contained.ts';

type Json = Record<string, unknown>;

const comment = `// Validators of both kinds. ${header} src/api/schema.`;

/** The code, and its type declaration. */
export async function generatePersonaValidators(): Promise<GeneratedFile[]> {
  // Without inlining, a shape that stands in twenty places is one function and not twenty copies.
  const ajv = new Ajv({
    allErrors: true,
    allowUnionTypes: true,
    inlineRefs: false,
    messages: false,
    code: { source: true, esm: true },
  });
  const shapes = new Shapes();
  const roots = kindDefinitions.map((definition) => ({
    $id: definition.kind,
    ...toRootSchema(definition, shapes),
  }));
  ajv.addSchema([shapes.schema(), ...roots]);
  const names = Object.fromEntries(kindDefinitions.map(({ kind }) => [`is${kind}Shaped`, kind]));
  const declaration = [
    comment,
    "import type { ValidateFunction } from '../validate-function.ts';",
    ...Object.keys(names).map((name) => `export declare const ${name}: ValidateFunction;`),
  ];
  return [
    {
      path: 'src/api/generated/validators.js',
      text: `${comment}\n${await makeSelfContained(standalone.default(ajv, names))}`,
      isFormatted: false,
    },
    { path: 'src/api/generated/validators.d.ts', text: declaration.join('\n') },
  ];
}

/** Gives each shape that has a pattern or fields a name, the same shape the same name. */
class Shapes {
  readonly #names = new Map<string, string>();

  refer(shape: Json): Json {
    if (!('pattern' in shape || 'properties' in shape)) return shape;
    const text = JSON.stringify(shape);
    const name = this.#names.get(text) ?? `shape${this.#names.size + 1}`;
    this.#names.set(text, name);
    return { $ref: `shapes#/$defs/${name}` };
  }

  schema(): Json {
    const shapes = [...this.#names].map(([text, name]) => [name, JSON.parse(text) as Json]);
    return { $id: 'shapes', $defs: Object.fromEntries(shapes) as Json };
  }
}

function toRootSchema({ kind, scope, spec, status }: KindDefinition, shapes: Shapes): Json {
  return {
    type: 'object',
    required: ['apiVersion', 'kind', 'metadata', 'spec'],
    properties: {
      apiVersion: { const: apiVersion },
      kind: { const: kind },
      metadata: toMetadataSchema(scope, shapes),
      spec: toJsonSchema(spec, shapes),
      status: toJsonSchema(status, shapes),
    },
  };
}

/** What the API server asks of any object's metadata, as far as people write it. */
function toMetadataSchema(scope: KindDefinition['scope'], shapes: Shapes): Json {
  const keys = toJsonSchema(labelKey(''), shapes);
  return {
    type: 'object',
    required: ['name'],
    properties: {
      name: toJsonSchema(dnsSubdomain(''), shapes),
      ...(scope === 'Namespaced' ? { namespace: toJsonSchema(dnsLabel(''), shapes) } : {}),
      labels: {
        type: 'object',
        propertyNames: keys,
        additionalProperties: toJsonSchema(labelValue(''), shapes),
      },
      annotations: { type: 'object', propertyNames: keys, additionalProperties: { type: 'string' } },
    },
  };
}

/** The schema in JSON schema's words. Unique keys and cross-field rules are asked by src/api/validate.ts. */
function toJsonSchema(schema: Schema, shapes: Shapes): Json {
  const { type, properties, items } = schema;
  if (properties) {
    return shapes.refer({
      type: 'object',
      required: Object.keys(properties).filter((name) => properties[name]?.isRequired),
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, field]) => [name, toJsonSchema(field, shapes)]),
      ),
    });
  }
  if (items && type === 'map') {
    return {
      type: 'object',
      additionalProperties: toJsonSchema(items, shapes),
      maxProperties: schema.maxItems,
    };
  }
  if (items) {
    return { type: 'array', items: toJsonSchema(items, shapes), ...pick(schema, ['minItems', 'maxItems']) };
  }
  return shapes.refer({
    type: type === 'intOrString' ? ['integer', 'string'] : type,
    ...pick(schema, ['enum', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum']),
  });
}

function pick(schema: Schema, keys: readonly (keyof Schema)[]): Json {
  return Object.fromEntries(keys.filter((key) => schema[key] !== undefined).map((key) => [key, schema[key]]));
}
