// What a schema cannot say of a value that fits it: keys that are unique, rules over several fields.
import { formatPath, showFound } from './persona-problem.ts';
import type { PersonaProblem } from './persona-problem.ts';
import type { Schema } from './schema/schema.ts';

type Path = readonly (string | number)[];

/** Everything that is wrong below `path` with a value that fits the schema's shape. */
export function findSemanticProblems(schema: Schema, value: unknown, path: Path): PersonaProblem[] {
  if (value === undefined) return [];
  const inner = Array.isArray(value)
    ? [...findRepeated(schema, value, path), ...findInItems(schema, value, path)]
    : findInFields(schema, value, path);
  return [...findBrokenRules(schema, value, path), ...inner];
}

function findInItems({ items }: Schema, values: readonly unknown[], path: Path): PersonaProblem[] {
  if (!items) return [];
  return values.flatMap((item, index) => findSemanticProblems(items, item, [...path, index]));
}

function findInFields({ properties, items }: Schema, value: unknown, path: Path): PersonaProblem[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) => {
    const schema = items ?? properties?.[name];
    return schema ? findSemanticProblems(schema, field, [...path, name]) : [];
  });
}

function findBrokenRules({ rules = [] }: Schema, value: unknown, path: Path): PersonaProblem[] {
  return (
    rules
      // The value fits the schema on which the rule stands: that is what the rule's type says.
      .filter(({ holds }) => !holds(value as never))
      .map(({ message, fieldPath = '' }) => ({ path: `${formatPath(path)}${fieldPath}`, message }))
  );
}

/** Two elements of a set, or two with the same keys in a map. */
function findRepeated(
  { listType, keys = [] }: Schema,
  values: readonly unknown[],
  path: Path,
): PersonaProblem[] {
  if (listType === undefined || listType === 'atomic') return [];
  const seen = new Set<string>();
  const problems: PersonaProblem[] = [];
  for (const [index, value] of values.entries()) {
    const fields = new Map<string, unknown>(Object.entries(value ?? {}));
    const identity = listType === 'set' ? value : keys.map((key) => fields.get(key));
    const text = JSON.stringify(identity);
    if (seen.has(text)) {
      const what =
        listType === 'set'
          ? showFound(value)
          : keys.map((key) => `${key} ${showFound(fields.get(key))}`).join(', ');
      problems.push({ path: formatPath([...path, index]), message: `is there twice: ${what}` });
    }
    seen.add(text);
  }
  return problems;
}
