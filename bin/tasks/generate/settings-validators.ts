// Writes what derives from the table of settings: validators that need no library at run time, and JSON schemas for editors.
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import type { FileLayer } from '../../../src/settings/field.ts';
import { fileSchemas } from '../../../src/settings/file-schemas.ts';
import type { JsonSchema } from '../../../src/settings/value-kind.ts';
import { header, type GeneratedFile } from './generated-file.ts';
import { makeSelfContained } from './self-contained.ts';

const comment = `// Validators of the settings files. ${header} src/settings/fields.ts.`;

const titles: Record<FileLayer, string> = {
  app: '.dorgu.yaml, the settings of an application',
  workspace: '.dorgu-workspace.yaml, the settings of a repository',
  global: 'config.yaml, the settings of a user',
};

/** The code, its type declaration, and one schema a file. */
export async function generateSettingsValidators(): Promise<GeneratedFile[]> {
  const ajv = new Ajv({
    allErrors: true,
    allowUnionTypes: true,
    inlineRefs: false,
    messages: false,
    code: { source: true, esm: true },
  });
  const layers = Object.keys(fileSchemas) as FileLayer[];
  const shapes = new Map<string, string>();
  const roots = layers.map((layer) => ({ $id: layer, ...share(fileSchemas[layer], shapes) }));
  const definitions = [...shapes].map(([shape, name]) => [name, JSON.parse(shape) as JsonSchema]);
  ajv.addSchema([{ $id: 'shapes', $defs: Object.fromEntries(definitions) as object }, ...roots]);
  const names = Object.fromEntries(layers.map((layer) => [layer, layer]));
  const declaration = [
    comment,
    "import type { ValidateFunction } from '../../api/validate-function.ts';",
    ...layers.map((layer) => `export declare const ${layer}: ValidateFunction;`),
  ];
  return [
    {
      path: 'src/settings/generated/validators.js',
      text: `${comment}\n${await makeSelfContained(standalone.default(ajv, names))}`,
      isFormatted: false,
    },
    { path: 'src/settings/generated/validators.d.ts', text: declaration.join('\n') },
    ...layers.map((layer) => ({
      path: `docs/reference/settings-${layer}.schema.json`,
      text: JSON.stringify({
        $schema: 'http://json-schema.org/draft-07/schema#',
        title: titles[layer],
        ...fileSchemas[layer],
      }),
    })),
  ];
}

/** The schema with every kind of value that stands in many places written once, and without descriptions. */
function share({ description: _description, ...schema }: JsonSchema, shapes: Map<string, string>): object {
  const { properties, items, additionalProperties } = schema;
  const isOpen = typeof additionalProperties === 'object';
  const shared = {
    ...schema,
    ...(items && { items: share(items, shapes) }),
    ...(isOpen && { additionalProperties: share(additionalProperties, shapes) }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [name, share(property, shapes)]),
      ),
    }),
  };
  const shape = JSON.stringify(shared);
  const name = shapes.get(shape) ?? `shape${shapes.size + 1}`;
  shapes.set(shape, name);
  return { $ref: `shapes#/$defs/${name}` };
}
