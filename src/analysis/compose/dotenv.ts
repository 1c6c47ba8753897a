// Evaluates .env and env_file the way compose does: variables in values, those of earlier lines among them.
import { readAssignments, unescapeValue, type Assignment } from '../env-file.ts';
import { interpolate, InterpolationError, type Variables } from './interpolate.ts';

/** One variable. `value` is absent where the name stands alone: the value is whatever runs it has. */
export interface Setting {
  name: string;
  value?: string;
  /** From 1. */
  line: number;
  /** Secret variables that were put into the value. */
  hasSecret: boolean;
}

/** The variables in order of the file. `variables` are seen by values, and so are earlier lines. */
export function parseDotenv(text: string, variables: Variables): Setting[] {
  const known = new Map(variables);
  return readAssignments(text).map((assignment) => {
    const setting = evaluate(assignment, known);
    if (setting.value !== undefined && !variables.has(setting.name)) known.set(setting.name, setting.value);
    return setting;
  });
}

function evaluate({ name, raw, quote, line }: Assignment, known: Variables): Setting {
  if (raw === undefined) return { name, line, hasSecret: false };
  if (quote === "'") return { name, value: raw, line, hasSecret: false };
  // An escaped dollar sign is none of a variable.
  const value = quote === '"' ? unescapeValue(raw, '$$') : raw;
  try {
    const { text, secrets } = interpolate(value, known);
    return { name, value: text, line, hasSecret: secrets.length > 0 };
  } catch (error) {
    if (!(error instanceof InterpolationError)) throw error;
    return { name, value, line, hasSecret: false };
  }
}
