// Which variables Python source reads: os.environ, os.getenv, environs, decouple, and the fields of pydantic settings.
import { splitArguments } from '../code/arguments.ts';
import { evidenceAt, findInCode, type CodeFile } from '../code/code-file.ts';
import type { EnvRead } from '../code/env-claims.ts';
import { pythonDialect } from './dialect.ts';

const SETTINGS = /^class[ \t]{1,4}\w{1,80}\([^)\n]{0,80}\bBaseSettings\b[^)\n]{0,80}\)\s{0,4}:/gm;
const FIELD =
  /^[ \t]{1,8}(?<name>[A-Za-z]\w{0,80})[ \t]{0,4}:[ \t]{0,4}(?<type>[\w[\]., |"']{1,80}?)[ \t]{0,4}(?:=[ \t]{0,4}(?<value>[^\n]{1,200}))?$/gm;
const PREFIX = /\benv_prefix\s{0,4}=\s{0,4}["'](\w{0,60})["']/;
const MAX_CLASS = 8000;

/** All reads of the environment in these files. */
export function findPythonEnvironment(files: readonly CodeFile[]): EnvRead[] {
  return files.flatMap((file) => [...findReads(file), ...findSettings(file)]);
}

function findReads(file: CodeFile): EnvRead[] {
  // `config("X")` and `env("X")` are decouple's and environs' only where these are imported.
  const hasConfig = /\b(?:decouple|starlette\.config|environs?|django_environ)\b/.test(file.code);
  return pythonDialect.environmentReads.flatMap((pattern) =>
    [...findInCode(file, pattern)].flatMap((match) => {
      const name = match.groups?.['name'];
      if (name === undefined) return [];
      const callee = match[0].slice(0, match[0].search(/[([]/));
      if (/config|^env\b/.test(callee) && !hasConfig) return [];
      if (isWritten(file, match, callee)) return [];
      const required = !hasFallback(file, match);
      return [{ name, required, evidence: evidenceAt(file, match.index, `reads ${name}`) }];
    }),
  );
}

// os.environ["X"] = "…" and setdefault() set the variable for others.
function isWritten(file: CodeFile, match: RegExpExecArray, callee: string): boolean {
  if (callee.includes('setdefault')) return true;
  const after = file.text.slice(match.index + match[0].length, match.index + match[0].length + 12);
  return match[0].includes('[') && /^\]\s{0,4}=(?!=)/.test(after);
}

function hasFallback(file: CodeFile, match: RegExpExecArray): boolean {
  const from = match.index + match[0].length;
  const after = file.text.slice(from, from + 80);
  if (/^\s{0,4}[)\]]{1,4}\s{0,4}(?:or\b|is\b|==|!=|if\b|in\b|\))/.test(after)) return true;
  const before = file.text.slice(Math.max(0, match.index - 20), match.index);
  if (/\b(?:if|elif|and|not|bool\()\s{0,4}(?:os\.)?$/.test(before)) return true;
  if (match[0].includes('[')) return /^\]\s{0,4}if\b/.test(after);
  const found = splitArguments(file, match.index + match[0].indexOf('('));
  return found
    .slice(1)
    .some(({ name, text }) => (name === undefined || name === 'default') && text !== 'cast');
}

function findSettings(file: CodeFile): EnvRead[] {
  return [...findInCode(file, SETTINGS)].flatMap((match) => {
    const body = bodyOf(file, match.index + match[0].length);
    const prefix = PREFIX.exec(body)?.[1] ?? '';
    return [...body.matchAll(FIELD)].flatMap((field) => {
      const { name = '', type = '', value } = field.groups ?? {};
      if (name === 'model_config' || type.includes('ClassVar')) return [];
      const required = value === undefined || /^(?:Field\(\s{0,4})?\.\.\./.test(value);
      const offset = match.index + match[0].length + field.index + 1;
      const variable = aliasOf(value) ?? `${prefix}${name}`.toUpperCase();
      return [{ name: variable, required, evidence: evidenceAt(file, offset, `settings field ${name}`) }];
    });
  });
}

const aliasOf = (value: string | undefined) =>
  /\b(?:validation_alias|alias|env)\s{0,4}=\s{0,4}["'](\w{1,80})["']/.exec(value ?? '')?.[1];

// To the next line that begins in the first column.
function bodyOf(file: CodeFile, from: number): string {
  const text = file.text.slice(from, from + MAX_CLASS);
  const end = text.search(/\n[^\s#)]/);
  return end === -1 ? text : text.slice(0, end + 1);
}
