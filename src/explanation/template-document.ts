// A Helm template as plain YAML: its expressions are words, so that two versions of it can be compared by field.
import { parse } from 'yaml';

/** What the template says where nothing is computed; undefined where a person's edit left no YAML. */
export function toPlainDocument(template: string): unknown {
  const lines = template
    .split('\n')
    .filter((line) => !/^\s*\{\{.*\}\}\s*$/.test(line))
    .map((line) => line.replace(/\{\{(.*)\}\}/, (_, expression: string) => JSON.stringify(expression)));
  try {
    return parse(lines.join('\n'), { maxAliasCount: 100 }) as unknown;
  } catch {
    return undefined;
  }
}
