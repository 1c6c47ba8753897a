// Makes the personas of an input what their types say: defaults in place, values of another type left out. Rules may then trust them.
import { applyApplicationPersonaDefaults, applyClusterPersonaDefaults } from '../api/defaults.ts';
import { fieldAt, fieldsOf, textOf } from '../api/foreign-fields.ts';
import type {
  ApplicationPersona,
  ClusterPersona,
  EffectiveApplicationPersona,
  EffectiveClusterPersona,
  ObjectMeta,
  Recommendation,
} from '../api/personas.ts';
import { applicationPersonaSpec } from '../api/schema/application-persona-spec.ts';
import { clusterPersonaSpec } from '../api/schema/cluster-persona-spec.ts';
import type { Schema } from '../api/schema/schema.ts';
import { readAdvised } from './resources/advised.ts';
import type { RuleInput } from './rule-input.ts';

/** The input with both personas settled: a persona straight from a file, one from the API server and one that was never validated are judged alike. */
export function settleInput(input: RuleInput): RuleInput {
  const { persona, clusterPersona } = input;
  return {
    ...input,
    persona: settlePersona(persona),
    clusterPersona: clusterPersona === undefined ? undefined : settleForAll(clusterPersona),
  };
}

// A persona is asked about with each change of its workload: settled once, as long as it is the same object.
const settledPersonas = new WeakMap<ApplicationPersona, EffectiveApplicationPersona>();

/** A persona settled, its defaults in place; the same result for the same object, which nobody may change. */
export function settlePersona(persona: ApplicationPersona): EffectiveApplicationPersona {
  const known = settledPersonas.get(persona);
  if (known !== undefined) return known;
  const settled = applyApplicationPersonaDefaults(settleApplicationPersona(persona));
  if (isObject(persona)) settledPersonas.set(persona, settled);
  settledPersonas.set(settled, settled);
  return settled;
}

/** Takes one that was settled before and kept as text: what is left of it is not gone through again. */
export function reopenPersona(persona: EffectiveApplicationPersona): EffectiveApplicationPersona {
  settledPersonas.set(persona, persona);
  return persona;
}

// One object for thousands of workloads: settled once, as long as it is the same object.
const settledForAll = new WeakMap<ClusterPersona, EffectiveClusterPersona>();

/** A ClusterPersona settled, its defaults in place; the same result for the same object, which nobody may change. */
export function settleForAll(clusterPersona: ClusterPersona): EffectiveClusterPersona {
  const known = settledForAll.get(clusterPersona);
  if (known !== undefined) return known;
  const settled = applyClusterPersonaDefaults(settleClusterPersona(clusterPersona));
  if (isObject(clusterPersona)) settledForAll.set(clusterPersona, settled);
  settledForAll.set(settled, settled);
  return settled;
}

// What is typed as a persona may be anything at all.
function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

/**
 * A foreign persona without what does not have the schema's type; of its metadata name, namespace, labels and annotations, of its status what is
 * recommended for the resources of containers, and of that only what a rule reads.
 */
export function settleApplicationPersona(object: unknown): ApplicationPersona {
  const required = { name: '', type: 'api' } as const;
  const recommendations = readAdvised(fieldAt(object, 'status')) as Recommendation[];
  return {
    apiVersion: 'dorgu.io/v1',
    kind: 'ApplicationPersona',
    metadata: settleMetadata(object),
    spec: settleSpec<ApplicationPersona['spec']>(applicationPersonaSpec, object, required),
    ...(recommendations.length === 0 ? {} : { status: { recommendations } }),
  };
}

/** The same for a cluster. */
export function settleClusterPersona(object: unknown): ClusterPersona {
  return {
    apiVersion: 'dorgu.io/v1',
    kind: 'ClusterPersona',
    metadata: settleMetadata(object),
    spec: settleSpec<ClusterPersona['spec']>(clusterPersonaSpec, object, { name: '' }),
  };
}

function settleMetadata(object: unknown): ObjectMeta {
  const metadata = fieldsOf(fieldAt(object, 'metadata'));
  const texts = (field: string) =>
    Object.fromEntries(
      Object.entries(fieldsOf(metadata[field])).filter(([, value]) => typeof value === 'string'),
    ) as Record<string, string>;
  const namespace = textOf(fieldAt(metadata, 'namespace'));
  return {
    name: textOf(fieldAt(metadata, 'name')),
    ...(namespace === '' ? {} : { namespace }),
    labels: texts('labels'),
    annotations: texts('annotations'),
  };
}

function settleSpec<Spec extends object>(schema: Schema, object: unknown, required: Spec): Spec {
  const fitting = fit(schema, fieldAt(object, 'spec'));
  return { ...required, ...fieldsOf(fitting) };
}

/** The value without what does not have the schema's type; undefined where it has not itself. Patterns are not checked: a rule says what is malformed. */
function fit(schema: Schema, value: unknown): unknown {
  return fitters[schema.type](schema, value);
}

const fitters: Record<Schema['type'], (schema: Schema, value: unknown) => unknown> = {
  object: fitFields,
  map: fitMap,
  list: fitItems,
  boolean: (_, value) => (typeof value === 'boolean' ? value : undefined),
  integer: (schema, value) => (isWithin(schema, value) ? value : undefined),
  string: (schema, value) => (isChoice(schema, value) ? value : undefined),
  intOrString: (_, value) => (typeof value === 'number' || typeof value === 'string' ? value : undefined),
};

function fitFields(schema: Schema, value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const fitting: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const found = fit(field, fieldAt(value, name));
    if (found !== undefined) fitting[name] = found;
    // An element of a list that lacks what it has to have is no element.
    else if (field.isRequired && schema !== applicationPersonaSpec && schema !== clusterPersonaSpec)
      return undefined;
  }
  return fitting;
}

function fitItems({ items }: Schema, value: unknown): unknown[] | undefined {
  if (items === undefined || !Array.isArray(value)) return undefined;
  return value.map((item) => fit(items, item)).filter((item) => item !== undefined);
}

function fitMap({ items }: Schema, value: unknown): unknown {
  const entries = Object.entries(fieldsOf(value)).map(
    ([key, item]) => [key, items && fit(items, item)] as const,
  );
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}

function isWithin({ minimum = -Infinity, maximum = Infinity }: Schema, value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= minimum && value <= maximum;
}

function isChoice(schema: Schema, value: unknown): boolean {
  return typeof value === 'string' && (schema.enum?.includes(value) ?? true);
}
