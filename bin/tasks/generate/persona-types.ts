// Writes src/api/generated/*.ts: the TypeScript interfaces of both kinds, from src/api/schema.
import { apiVersion } from '../../../src/api/group-version.ts';
import { kindDefinitions } from '../../../src/api/schema/kinds.ts';
import type { KindDefinition } from '../../../src/api/schema/kinds.ts';
import type { Schema } from '../../../src/api/schema/schema.ts';
import { describeSchema } from './describe-schema.ts';
import { header } from './generated-file.ts';
import type { GeneratedFile } from './generated-file.ts';

/** One file of interfaces. The same object in both kinds becomes one interface. */
export function generatePersonaTypes(): GeneratedFile[] {
  const interfaces = new Map<string, string>();
  for (const { spec, status } of kindDefinitions) {
    collectInterfaces(spec, interfaces);
    collectInterfaces(status, interfaces);
  }
  const text = [
    `// The TypeScript types of both kinds. ${header} src/api/schema.`,
    "import type { ObjectMeta } from '../object-meta.ts';",
    ...kindDefinitions.map(toRootInterface),
    ...interfaces.values(),
  ].join('\n\n');
  return [{ path: 'src/api/generated/personas.ts', text }];
}

function toRootInterface({ kind, description }: KindDefinition): string {
  return `/** ${description} */
    export interface ${kind} {
      apiVersion: '${apiVersion}';
      kind: '${kind}';
      metadata: ObjectMeta;
      spec: ${kind}Spec;
      status?: ${kind}Status;
    }

    /** The same, once defaults have been applied: what has one is there. */
    export interface Effective${kind} extends Omit<${kind}, 'spec'> {
      spec: Effective${kind}Spec;
    }`;
}

function collectInterfaces(schema: Schema, found: Map<string, string>): void {
  if (schema.items) collectInterfaces(schema.items, found);
  if (!schema.typeName || !schema.properties) return;
  const text = toInterface(schema, false);
  const before = found.get(schema.typeName);
  // Only the first line, the description of the place where it is used, may differ.
  if (before !== undefined && withoutDescription(before) !== withoutDescription(text)) {
    throw new Error(`two different objects are called ${schema.typeName}: give one of them another typeName`);
  }
  found.set(schema.typeName, before ?? text);
  if (isChangedByDefaults(schema)) found.set(`Effective${schema.typeName}`, toInterface(schema, true));
  for (const field of Object.values(schema.properties)) collectInterfaces(field, found);
}

const withoutDescription = (text: string) => text.slice(text.indexOf('\n'));

/** Whether a field of it, at any depth, is sure to be there only once defaults have been applied. */
function isChangedByDefaults(schema: Schema): boolean {
  if (schema.items) return isChangedByDefaults(schema.items);
  return Object.values(schema.properties ?? {}).some(
    (field) => field.default !== undefined || isChangedByDefaults(field),
  );
}

function toInterface(schema: Schema, isEffective: boolean): string {
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const isSure = field.isRequired === true || (isEffective && field.default !== undefined);
    return `/** ${describeSchema(field).replaceAll('*/', '*\\/')} */\n${name}${isSure ? '' : '?'}: ${toType(field, isEffective)};`;
  });
  const name = `${isEffective ? 'Effective' : ''}${schema.typeName ?? ''}`;
  const suffix = isEffective ? ' Defaults are applied.' : '';
  return `/** ${schema.description}${suffix} */\nexport interface ${name} {\n${fields.join('\n')}\n}`;
}

function toType(schema: Schema, isEffective: boolean): string {
  if (schema.enum) return schema.enum.map((word) => `'${word}'`).join(' | ');
  if (schema.type === 'object') return toObjectName(schema, isEffective);
  if (schema.type === 'list') return `${toItemType(schema, isEffective)}[]`;
  if (schema.type === 'map') return `Record<string, ${toItemType(schema, isEffective)}>`;
  return { integer: 'number', intOrString: 'number | string', string: 'string', boolean: 'boolean' }[
    schema.type
  ];
}

function toObjectName(schema: Schema, isEffective: boolean): string {
  return `${isEffective && isChangedByDefaults(schema) ? 'Effective' : ''}${schema.typeName ?? ''}`;
}

const toItemType = ({ items }: Schema, isEffective: boolean) =>
  items ? `(${toType(items, isEffective)})` : 'never';
