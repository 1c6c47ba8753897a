// An object as the text of a Helm template: some of its values are expressions, and everything else renders to itself.
import type { KubernetesObject } from '../generated-file.ts';
import { formatYaml } from '../yaml-text.ts';

/** One value that the chart's values decide. */
export interface Substitution {
  /** Where it stands. */
  path: readonly (string | number)[];
  /** What stands there in the template, without braces: `$own.replicas`, `$own.host | quote`. */
  expression: string;
  /** The value is a map, which is written as YAML below its key. */
  isMap?: true;
}

/** Text of the application that Helm would take for an expression. */
export function escapeExpressions(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}');
}

/** The template's text: comments first, then `opening`, the object, and `closing`. */
export function formatTemplate(
  object: KubernetesObject,
  substitutions: readonly Substitution[],
  { comments, opening, closing }: { comments: readonly string[]; opening: string; closing: string },
): string {
  const mark = chooseMark(object);
  const marked = structuredClone(object);
  const present = substitutions.filter(({ path }, index) => replaceAt(marked, path, `${mark}${index}x`));
  let text = escapeExpressions(formatYaml(marked, { header: comments.join('\n') }));
  for (const substitution of present) {
    const place = `${mark}${substitutions.indexOf(substitution)}x`;
    text = text.replace(lineOf(place), (_, indent: string, before: string) =>
      expressionLine(substitution, indent, before),
    );
  }
  const [head, body] = splitComments(text);
  return [head, opening, body.trimEnd(), closing].filter((part) => part !== '').join('\n') + '\n';
}

/** A word that stands nowhere in the object. */
function chooseMark(object: object): string {
  const text = JSON.stringify(object);
  let number = 0;
  while (text.includes(`dorgu${number}value`)) number += 1;
  return `dorgu${number}value`;
}

const lineOf = (place: string) => new RegExp(`^( *)(.*)${place}$`, 'm');

function expressionLine({ expression, isMap }: Substitution, indent: string, before: string): string {
  if (isMap !== true) return `${indent}${before}{{ ${expression} }}`;
  // A list's dash takes part in the depth of what follows it.
  const depth = indent.length + (before.startsWith('- ') ? 2 : 0) + 2;
  return `${indent}${before.trimEnd()}\n${' '.repeat(depth)}{{- toYaml ${expression} | nindent ${depth} }}`;
}

/** Whether there was a value to replace. */
function replaceAt(object: object, path: readonly (string | number)[], value: string): boolean {
  let parent: unknown = object;
  for (const key of path.slice(0, -1)) parent = read(parent, key);
  const last = path.at(-1);
  if (last === undefined || read(parent, last) === undefined) return false;
  (parent as Record<string | number, unknown>)[last] = value;
  return true;
}

function read(parent: unknown, key: string | number): unknown {
  if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, key)) return undefined;
  return (parent as Record<string | number, unknown>)[key];
}

function splitComments(text: string): [string, string] {
  const lines = text.split('\n');
  const count = lines.findIndex((line) => !line.startsWith('#'));
  return [lines.slice(0, count).join('\n'), lines.slice(count).join('\n')];
}
