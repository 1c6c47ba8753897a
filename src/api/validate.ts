// Says of any value whether it is a persona that the API server would take, and if not, why, in words for people.
import { isApplicationPersonaShaped, isClusterPersonaShaped } from './generated/validators.js';
import type { PersonaProblem } from './persona-problem.ts';
import type { EffectiveApplicationPersona, EffectiveClusterPersona } from './personas.ts';
import { prepareAsApiServer } from './schema/as-api-server.ts';
import { applicationPersonaDefinition, clusterPersonaDefinition } from './schema/kinds.ts';
import type { KindDefinition } from './schema/kinds.ts';
import { findSemanticProblems } from './semantic-problems.ts';
import { isRepeatedForKey, toProblem } from './shape-problems.ts';
import { formatPath } from './persona-problem.ts';
import type { ValidateFunction } from './validate-function.ts';

/** A persona with its defaults, or what is wrong with it. */
export type PersonaValidation<Persona> =
  | {
      readonly ok: true;
      readonly persona: Persona;
      /** Fields that the API does not know: kubectl refuses them, the API server drops them. */
      readonly unknownFields: readonly string[];
    }
  | {
      readonly ok: false;
      readonly problems: readonly PersonaProblem[];
      readonly unknownFields: readonly string[];
    };

/** More problems than these nobody reads. */
const maxProblems = 50;

/** Judges a value as the API server would judge an ApplicationPersona: nulls dropped, defaults filled in, unknown fields set aside. Never throws. */
export function validateApplicationPersona(value: unknown): PersonaValidation<EffectiveApplicationPersona> {
  return validate(applicationPersonaDefinition, isApplicationPersonaShaped, value);
}

/** The same for a ClusterPersona. */
export function validateClusterPersona(value: unknown): PersonaValidation<EffectiveClusterPersona> {
  return validate(clusterPersonaDefinition, isClusterPersonaShaped, value);
}

function validate<Persona>(
  { spec, status }: KindDefinition,
  isShaped: ValidateFunction,
  value: unknown,
): PersonaValidation<Persona> {
  const schemas = { spec, status };
  const { root, unknownFields } = prepareRoot(schemas, value);
  if (!isShaped(root)) {
    const errors = (isShaped.errors ?? []).filter((error) => !isRepeatedForKey(error, root));
    const problems = onePerPath(errors.map((error) => orWhole(toProblem(error, root, schemas))));
    return { ok: false, problems: problems.slice(0, maxProblems), unknownFields };
  }
  const fields = new Map<string, unknown>(Object.entries(root ?? {}));
  const problems = Object.entries(schemas).flatMap(([name, schema]) =>
    findSemanticProblems(schema, fields.get(name), [name]),
  );
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, maxProblems), unknownFields };
  return { ok: true, persona: root as Persona, unknownFields };
}

/** A path is never empty: the object itself has a name too. */
const orWhole = ({ path, message }: PersonaProblem) => ({ path: path === '' ? 'the object' : path, message });

/** A value that is wrong in two ways is said to be wrong once; the words of an enumeration say more than its type. */
function onePerPath(problems: readonly PersonaProblem[]): PersonaProblem[] {
  const byPath = new Map<string, PersonaProblem>();
  for (const problem of problems) {
    if (!byPath.has(problem.path) || problem.message.startsWith('expected one of '))
      byPath.set(problem.path, problem);
  }
  return [...byPath.values()];
}

function prepareRoot(
  schemas: Readonly<Record<'spec' | 'status', KindDefinition['spec']>>,
  value: unknown,
): { root: unknown; unknownFields: readonly string[] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { root: value, unknownFields: [] };
  const given = new Map<string, unknown>(Object.entries(value));
  const spec = prepareAsApiServer(schemas.spec, given.get('spec') ?? undefined, 'spec');
  const status = prepareAsApiServer(schemas.status, given.get('status') ?? undefined, 'status');
  const known = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];
  const unknown = [...given.keys()].filter((name) => !known.includes(name)).map((name) => formatPath([name]));
  const root = {
    apiVersion: given.get('apiVersion'),
    kind: given.get('kind'),
    metadata: given.get('metadata'),
    ...(spec.value === undefined ? {} : { spec: spec.value }),
    ...(status.value === undefined ? {} : { status: status.value }),
  };
  return { root, unknownFields: [...unknown, ...spec.unknownFields, ...status.unknownFields] };
}
