// Writes src/checks/generated/kubernetes.js: Kubernetes' own schemas compiled to code that refuses what the API server would.
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { snapshotSources } from '../openapi-snapshot.ts';
import { header } from './generated-file.ts';
import type { GeneratedFile } from './generated-file.ts';
import { makeSelfContained } from './self-contained.ts';

type Json = Record<string, unknown>;

const folder = resolve(import.meta.dirname, '../../../src/checks');
const comment = `// Validators of Kubernetes' own kinds. ${header} src/checks/openapi.`;
const reference = '#/components/schemas/';

/** Schemas that OpenAPI cannot say, by the end of their name. */
const special: Readonly<Record<string, Json>> = {
  '.api.resource.Quantity': { type: ['string', 'number'] },
  '.util.intstr.IntOrString': { type: ['integer', 'string'] },
  '.meta.v1.FieldsV1': { type: 'object' },
  '.runtime.RawExtension': { type: 'object' },
};

/** The code, and its type declaration. */
export async function generateOpenapiValidators(): Promise<GeneratedFile[]> {
  const schemas = new Map<string, Json>();
  for (const { file } of snapshotSources) {
    for (const [name, schema] of Object.entries(await readSchemas(file))) schemas.set(name, schema);
  }
  const kinds = snapshotSources.flatMap(({ path, kinds: names }) =>
    names.map((kind) => ({ kind, apiVersion: path.replace(/^apis?\//, '') })),
  );
  const ajv = new Ajv({
    allErrors: true,
    allowUnionTypes: true,
    inlineRefs: false,
    messages: false,
    strict: false,
    code: { source: true, esm: true },
  });
  ajv.addSchema({
    $id: 'kubernetes',
    $defs: Object.fromEntries([...schemas].map(([name, schema]) => [name, convert(schema, name)])),
  });
  for (const { kind, apiVersion } of kinds) ajv.addSchema(toRoot(kind, apiVersion, schemas));
  const names = Object.fromEntries(kinds.map(({ kind }) => [`is${kind}`, kind]));
  const table = kinds.map(({ kind, apiVersion }) => `${JSON.stringify(`${apiVersion}/${kind}`)}: is${kind}`);
  const code = `${standalone.default(ajv, names)}\nexport const kubernetesValidators = { ${table.join(', ')} };`;
  const declaration = [
    comment,
    "import type { ValidateFunction } from '../../api/validate-function.ts';",
    '/** By `apiVersion/kind`. */',
    'export declare const kubernetesValidators: Readonly<Record<string, ValidateFunction>>;',
  ];
  return [
    {
      path: 'src/checks/generated/kubernetes.js',
      text: `${comment}\n${await makeSelfContained(code, { minify: true })}`,
      isFormatted: false,
    },
    { path: 'src/checks/generated/kubernetes.d.ts', text: declaration.join('\n') },
  ];
}

async function readSchemas(file: string): Promise<Record<string, Json>> {
  const document = JSON.parse(await readFile(join(folder, 'openapi', file), 'utf8')) as {
    components: { schemas: Record<string, Json> };
  };
  return document.components.schemas;
}

/** The object itself: its fields and nothing else, without a status, which only controllers write. */
function toRoot(kind: string, apiVersion: string, schemas: ReadonlyMap<string, Json>): Json {
  const found = [...schemas].find(
    ([name, schema]) => name.endsWith(`.${kind}`) && isOfGroup(schema, apiVersion),
  );
  if (!found) throw new Error(`expected a schema of ${apiVersion} ${kind} in the snapshot, found none`);
  const root = convert(found[1], found[0]);
  const { status: _status, ...properties } = root['properties'] as Json;
  return {
    ...root,
    $id: kind,
    properties: { ...properties, apiVersion: { const: apiVersion }, kind: { const: kind } },
    required: [
      'apiVersion',
      'kind',
      'metadata',
      ...('spec' in properties && kind !== 'Namespace' ? ['spec'] : []),
    ],
  };
}

function isOfGroup(schema: Json, apiVersion: string): boolean {
  const meanings = schema['x-kubernetes-group-version-kind'] as
    { group: string; version: string }[] | undefined;
  return (meanings ?? []).some(
    ({ group, version }) => (group === '' ? version : `${group}/${version}`) === apiVersion,
  );
}

/** OpenAPI's words in JSON schema's; fields that are not named are refused. */
function convert(schema: Json, name = ''): Json {
  const isSpecial = Object.keys(special).find((suffix) => name.endsWith(suffix));
  if (isSpecial !== undefined) return special[isSpecial] ?? {};
  const only = schema['allOf'];
  if (Array.isArray(only) && only.length === 1) return convert(only[0] as Json);
  const target = schema['$ref'];
  if (typeof target === 'string') return { $ref: `kubernetes#/$defs/${target.replace(reference, '')}` };
  return { ...scalarPart(schema), ...objectPart(schema), ...arrayPart(schema) };
}

function scalarPart(schema: Json): Json {
  const kept = [
    'type',
    'enum',
    'pattern',
    'minimum',
    'maximum',
    'minLength',
    'maxLength',
    'required',
  ] as const;
  const part: Json = Object.fromEntries(kept.filter((key) => key in schema).map((key) => [key, schema[key]]));
  if (schema['format'] === 'int32') Object.assign(part, { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 });
  return part;
}

function objectPart(schema: Json): Json {
  const { properties, additionalProperties } = schema as {
    properties?: Record<string, Json>;
    additionalProperties?: Json;
  };
  const values =
    typeof additionalProperties === 'object' ? convert(additionalProperties) : additionalProperties;
  if (properties === undefined) return values === undefined ? {} : { additionalProperties: values };
  return {
    properties: Object.fromEntries(Object.entries(properties).map(([key, field]) => [key, convert(field)])),
    additionalProperties: values ?? schema['x-kubernetes-preserve-unknown-fields'] === true,
  };
}

function arrayPart({ items }: Json): Json {
  return items === undefined ? {} : { items: convert(items as Json) };
}
