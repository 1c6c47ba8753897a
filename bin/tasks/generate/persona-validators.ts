// Writes src/api/generated/validators.js: both kinds' schemas compiled to code that needs no library at run time.
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { apiVersion } from '../../../src/api/group-version.ts';
import { kindDefinitions } from '../../../src/api/schema/kinds.ts';
import type { KindDefinition } from '../../../src/api/schema/kinds.ts';
import { dnsLabel, dnsSubdomain, labelKey, labelValue } from '../../../src/api/schema/text.ts';
import type { Schema } from '../../../src/api/schema/schema.ts';
import { header } from './generated-file.ts';
import type { GeneratedFile } from './generated-file.ts';

type Json = Record<string, unknown>;

const comment = `// Validators of both kinds. ${header} src/api/schema.`;

/** The code, and its type declaration. */
export async function generatePersonaValidators(): Promise<GeneratedFile[]> {
  const ajv = new Ajv({
    allErrors: true,
    allowUnionTypes: true,
    verbose: false,
    code: { source: true, esm: true },
  });
  for (const definition of kindDefinitions) ajv.addSchema(toRootSchema(definition), definition.kind);
  const names = Object.fromEntries(kindDefinitions.map(({ kind }) => [`is${kind}Shaped`, kind]));
  const declaration = [
    comment,
    "import type { ValidateFunction } from './validate-function.ts';",
    ...Object.keys(names).map((name) => `export declare const ${name}: ValidateFunction;`),
  ].join('\n');
  return [
    {
      path: 'src/api/generated/validators.js',
      text: `${comment}\n${await bundle(standalone.default(ajv, names))}`,
      isFormatted: false,
    },
    {
      path: 'src/api/generated/validators.d.ts',
      text: declaration.replace('./validate-function', '../validate-function'),
    },
  ];
}

/** Puts the few lines of ajv's run-time help into the code, so that nothing has to be installed or resolved. */
async function bundle(code: string): Promise<string> {
  const result = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname, loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['main'],
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
  });
  return result.outputFiles[0]?.text ?? '';
}

function toRootSchema({ kind, scope, spec, status }: KindDefinition): Json {
  return {
    type: 'object',
    required: ['apiVersion', 'kind', 'metadata', 'spec'],
    properties: {
      apiVersion: { const: apiVersion },
      kind: { const: kind },
      metadata: toMetadataSchema(scope),
      spec: toJsonSchema(spec),
      status: toJsonSchema(status),
    },
  };
}

/** What the API server asks of any object's metadata, as far as people write it. */
function toMetadataSchema(scope: KindDefinition['scope']): Json {
  const namespace = scope === 'Namespaced' ? { namespace: toJsonSchema(dnsLabel('')) } : {};
  return {
    type: 'object',
    required: ['name'],
    properties: {
      name: toJsonSchema(dnsSubdomain('')),
      ...namespace,
      labels: {
        type: 'object',
        propertyNames: toJsonSchema(labelKey('')),
        additionalProperties: toJsonSchema(labelValue('')),
      },
      annotations: {
        type: 'object',
        propertyNames: toJsonSchema(labelKey('')),
        additionalProperties: { type: 'string' },
      },
    },
  };
}

/** The schema in JSON schema's words. Unique keys, times and cross-field rules are asked by src/api/validate.ts. */
function toJsonSchema(schema: Schema): Json {
  const { type, properties, items } = schema;
  if (properties) {
    return {
      type: 'object',
      required: Object.keys(properties).filter((name) => properties[name]?.isRequired),
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, field]) => [name, toJsonSchema(field)]),
      ),
    };
  }
  if (items && type === 'map') {
    return { type: 'object', additionalProperties: toJsonSchema(items), maxProperties: schema.maxItems };
  }
  if (items) return { type: 'array', items: toJsonSchema(items), ...pick(schema, ['minItems', 'maxItems']) };
  return {
    type: type === 'intOrString' ? ['integer', 'string'] : type,
    ...pick(schema, ['enum', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum']),
  };
}

function pick(schema: Schema, keys: readonly (keyof Schema)[]): Json {
  return Object.fromEntries(keys.filter((key) => schema[key] !== undefined).map((key) => [key, schema[key]]));
}
