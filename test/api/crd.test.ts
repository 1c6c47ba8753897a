import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { kindDefinitions } from '../../src/api/schema/kinds.ts';
import type { Schema } from '../../src/api/schema/schema.ts';
import { validateApplicationPersona, validateClusterPersona } from '../../src/api/validate.ts';
import { applicationCases, clusterCases } from './persona-cases.ts';

interface OpenApi {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: string[];
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  maxProperties?: number;
  required?: string[];
  items?: OpenApi;
  properties?: Record<string, OpenApi>;
  additionalProperties?: OpenApi;
  'x-kubernetes-list-type'?: string;
  'x-kubernetes-validations'?: { rule: string; message: string }[];
}

interface Crd {
  spec: { names: { kind: string }; versions: { schema: { openAPIV3Schema: OpenApi } }[] };
}

const bases = join(import.meta.dirname, '../../config/crd/bases');
const crds = kindDefinitions.map(
  ({ plural }) =>
    parse(readFileSync(join(bases, `dorgu.io_${plural}.yaml`), 'utf8'), { version: '1.1' }) as Crd,
);

/** Every schema below spec and status with its path. */
function listSchemas(schema: OpenApi, path: string): [string, OpenApi][] {
  const inner = [
    ...Object.entries(schema.properties ?? {}),
    ...(schema.items ? ([['[]', schema.items]] as const) : []),
    ...(schema.additionalProperties ? ([['*', schema.additionalProperties]] as const) : []),
  ];
  return [[path, schema], ...inner.flatMap(([name, field]) => listSchemas(field, `${path}.${name}`))];
}

const schemas = crds.flatMap(({ spec }) => {
  const { properties = {} } = spec.versions[0]!.schema.openAPIV3Schema;
  return ['spec', 'status'].flatMap((name) => listSchemas(properties[name]!, `${spec.names.kind}.${name}`));
});

const pathsOf = (isWrong: (schema: OpenApi) => boolean) =>
  schemas.filter(([, schema]) => isWrong(schema)).map(([path]) => path);

/** Every rule of the schema in TypeScript. */
const rulesOf = (schema: Schema): { cel: string; message: string }[] => [
  ...(schema.rules ?? []),
  ...[schema.items, ...Object.values(schema.properties ?? {})].flatMap((inner) =>
    inner ? rulesOf(inner) : [],
  ),
];

describe('the CRDs', () => {
  it('describe every field in a sentence', () => {
    expect(schemas.length).to.be.greaterThan(200);
    expect(pathsOf(({ description = '' }) => !/^[A-Z`].*\.$/.test(description))).to.deep.equal([]);
  });

  it('bound every text, list, map and number', () => {
    expect(
      pathsOf(({ type, enum: words, maxLength }) => type === 'string' && !words && !maxLength),
    ).to.deep.equal([]);
    expect(pathsOf(({ type, maxItems }) => type === 'array' && !maxItems)).to.deep.equal([]);
    expect(
      pathsOf(({ additionalProperties, maxProperties }) => !!additionalProperties && !maxProperties),
    ).to.deep.equal([]);
    expect(
      pathsOf(({ type, minimum, maximum }) => type === 'integer' && (minimum ?? maximum) === undefined),
    ).to.deep.equal([]);
  });

  it('say of every list how it is merged', () => {
    expect(pathsOf((schema) => schema.type === 'array' && !schema['x-kubernetes-list-type'])).to.deep.equal(
      [],
    );
  });

  it('default every object that has defaults in it, so that they come where it is absent', () => {
    const hasDefault = (schema: OpenApi) => schema.default !== undefined;
    const isForgotten = (schema: OpenApi) =>
      Object.values(schema.properties ?? {}).some(hasDefault) && !hasDefault(schema) && !schema.required;
    expect(pathsOf(isForgotten)).to.deep.equal([]);
  });

  it('carry exactly the rules that the validator asks', () => {
    const inYaml = schemas.flatMap(([, schema]) => schema['x-kubernetes-validations'] ?? []);
    const inCode = kindDefinitions.flatMap(({ spec, status }) => [...rulesOf(spec), ...rulesOf(status)]);
    const toText = ({ rule, message }: { rule: string; message: string }) => `${message}: ${rule}`;
    expect(inYaml.map(toText)).to.have.members(
      inCode.map(({ cel, message }) => toText({ rule: cel, message })),
    );
  });

  it('have no rule that the table of cases does not break, on both sides', () => {
    const said = [
      ...Object.values(applicationCases).map(({ object }) => validateApplicationPersona(object)),
      ...Object.values(clusterCases).map(({ object }) => validateClusterPersona(object)),
    ].flatMap((result) => (result.ok ? [] : result.problems.map(({ message }) => message)));
    const messages = kindDefinitions.flatMap(({ spec }) => rulesOf(spec)).map(({ message }) => message);
    // The pattern, which is asked first here, refuses what is no quantity in words of its own.
    const unbroken = messages.filter(
      (message) => !said.includes(message) && !message.startsWith('must be a quantity'),
    );
    expect([...new Set(unbroken)]).to.deep.equal([]);
  });
});
