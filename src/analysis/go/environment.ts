// Which variables Go source reads: os.Getenv and its helpers, and the tags of configuration structs.
import { splitArguments } from '../code/arguments.ts';
import { evidenceAt, findInCode, type CodeFile } from '../code/code-file.ts';
import type { EnvRead } from '../code/env-claims.ts';
import { goDialect } from './dialect.ts';

const [CALL = /(?!)/g] = goDialect.environmentReads;
const TAG =
  /`[^`\n]{0,200}?\b(?:env|envconfig):"(?<name>[A-Z_][A-Z0-9_]{0,119})(?<options>,[^"\n]{0,60})?"[^`\n]{0,200}`/g;

/** All reads of the environment in these files. */
export function findGoEnvironment(files: readonly CodeFile[]): EnvRead[] {
  return files.flatMap((file) => [...findCalls(file), ...findTags(file)]);
}

function findCalls(file: CodeFile): EnvRead[] {
  return [...findInCode(file, CALL)].flatMap((match) => {
    const name = match.groups?.['name'];
    if (name === undefined || /\b(?:Setenv|Unsetenv|BindEnv|SetEnvPrefix)\(/.test(match[0])) return [];
    return [
      { name, required: !hasFallback(file, match), evidence: evidenceAt(file, match.index, `reads ${name}`) },
    ];
  });
}

// A default beside it, a comparison, or a look whether it is there.
function hasFallback(file: CodeFile, match: RegExpExecArray): boolean {
  if (/LookupEnv\(/.test(match[0])) return true;
  const open = match.index + match[0].indexOf('(');
  const position = match[0].includes('&') ? 2 : 1;
  if (!match[0].startsWith('os.') && splitArguments(file, open).length > position) return true;
  const end = match.index + match[0].length;
  if (/^\)\s{0,4}(?:==|!=)/.test(file.text.slice(end, end + 12))) return true;
  const before = file.text.slice(Math.max(0, match.index - 120), match.index);
  const variable = /([A-Za-z_]\w{0,60})\s{0,4}:?=\s{0,4}$/.exec(before)?.[1];
  return variable !== undefined && isCompared(file.text.slice(end, end + 200), variable);
}

function isCompared(after: string, variable: string): boolean {
  return (
    new RegExp(`\\b(?:${variable}\\s{0,4}(?:==|!=)\\s{0,4}"|len\\(${variable}\\))`).test(after) &&
    !/\b(?:Fatal|panic|Exit)\w{0,4}\(/.test(after)
  );
}

function findTags(file: CodeFile): EnvRead[] {
  // A tag is itself a raw string, so it is looked for in the text with comments blanked.
  return [...file.text.matchAll(TAG)].slice(0, 500).flatMap((match) => {
    const { name, options = '' } = match.groups ?? {};
    if (name === undefined) return [];
    const isRequired = /required/.test(options) || /\brequired:"true"/.test(match[0]);
    const hasDefault = /\b(?:envDefault|default):"/.test(match[0]);
    return [
      {
        name,
        required: isRequired && !hasDefault,
        evidence: evidenceAt(file, match.index, `configuration field ${name}`),
      },
    ];
  });
}
