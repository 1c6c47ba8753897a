// Prints a value for programs: JSON or YAML, keys in the order they were given.
import { stringify } from 'yaml';

/** One document, ending with a line break. JSON is indented by two spaces. */
export function formatStructured(value: unknown, format: 'json' | 'yaml'): string {
  if (format === 'json') return `${JSON.stringify(value, null, 2)}\n`;
  // A detour through JSON drops what is undefined and calls toJSON, so that both formats hold the same.
  return stringify(JSON.parse(JSON.stringify(value)), { lineWidth: 0, aliasDuplicateObjects: false });
}
