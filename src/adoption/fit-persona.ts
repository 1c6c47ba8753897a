// Takes out of a persona what the API would refuse: foreign text and numbers that a workload may hold and a persona may not.
import { fieldAt } from '../api/foreign-fields.ts';
import type { ApplicationPersona, ApplicationPersonaSpec } from '../api/personas.ts';
import { validateApplicationPersona } from '../api/validate.ts';

/** Far more than a persona has fields. */
const maxRounds = 200;

/** The persona without the fields that do not fit, and a phrase for each of them. Throws a bug where what is left does not fit either. */
export function fitPersona(persona: ApplicationPersona): { persona: ApplicationPersona; notes: string[] } {
  const notes: string[] = [];
  let current: unknown = persona;
  for (let round = 0; round < maxRounds; round += 1) {
    const validation = validateApplicationPersona(current);
    if (validation.ok) return { persona: withSpec(persona, fieldAt(current, 'spec')), notes };
    const [problem] = validation.problems;
    if (problem === undefined) break;
    const steps = toSteps(problem.path);
    if (steps.length < 2) break;
    current = without(current, steps);
    notes.push(`${problem.path.replace(/^spec\./, '')}: ${problem.message}`);
  }
  throw new Error(`the persona ${persona.metadata.name} does not fit the API: ${notes.join('; ')}`);
}

function withSpec(persona: ApplicationPersona, spec: unknown): ApplicationPersona {
  return { ...persona, spec: spec as ApplicationPersonaSpec };
}

/** `spec.networking.ports[0].port` as its steps. */
function toSteps(path: string): string[] {
  return path.split(/[.[\]]+/).filter((step) => step !== '');
}

/** A copy without the field; where it is not there (it is missing), without the object that lacks it. What becomes empty goes too. */
function without(value: unknown, steps: readonly string[]): unknown {
  const [step = '', ...rest] = steps;
  if (Array.isArray(value)) {
    const items = (value as unknown[]).map((item, index) =>
      index === Number(step) ? take(item, rest) : item,
    );
    return emptied(items.filter((item) => item !== undefined));
  }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  const fields = Object.entries(value as Record<string, unknown>);
  const entries = fields.map(([name, field]) => [name, name === step ? take(field, rest) : field] as const);
  return emptied(Object.fromEntries(entries.filter(([, field]) => field !== undefined)));
}

function take(value: unknown, rest: readonly string[]): unknown {
  return rest.length === 0 ? undefined : without(value, rest);
}

function emptied(value: object): object | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}
