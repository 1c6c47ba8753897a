// Which variables Java and Kotlin applications read: System.getenv, and upper-case placeholders of settings and annotations.
import { evidenceAt, findInCode, type CodeFile } from '../code/code-file.ts';
import type { EnvRead } from '../code/env-claims.ts';
import { javaDialect } from './dialect.ts';
import type { Settings } from './settings.ts';

const PLACEHOLDER = /\$\{(?<name>[A-Z][A-Z0-9_]{1,119})(?<rest>:[^{}]{0,300})?\}?/g;
const ANNOTATED = /@(?:Value|Property|ConfigProperty)\((?<text>[^\n]{1,300})/g;

/** All reads of the environment in source and settings. */
export function findJavaEnvironment(files: readonly CodeFile[], settings: Settings): EnvRead[] {
  return [
    ...files.flatMap((file) => [...findReads(file), ...findAnnotations(file)]),
    ...findPlaceholders(settings),
  ];
}

function findReads(file: CodeFile): EnvRead[] {
  return javaDialect.environmentReads.flatMap((pattern) =>
    [...findInCode(file, pattern)].flatMap((match) => {
      const name = match.groups?.['name'];
      if (name === undefined) return [];
      return [
        {
          name,
          required: !hasFallback(file, match),
          evidence: evidenceAt(file, match.index, `reads ${name}`),
        },
      ];
    }),
  );
}

function hasFallback(file: CodeFile, match: RegExpExecArray): boolean {
  if (/OrDefault\(|containsKey\(/.test(match[0])) return true;
  const end = match.index + match[0].length;
  const after = file.text.slice(end, end + 40);
  if (/^\s{0,4},/.test(after)) return true;
  if (/^\s{0,4}[)\]]{1,2}\s{0,20}(?:\?:|\?\.|==|!=|\.orElse|\)\s{0,8}\.or)/.test(after)) return true;
  return /\bofNullable\(\s{0,8}$/.test(file.text.slice(Math.max(0, match.index - 24), match.index));
}

function findAnnotations(file: CodeFile): EnvRead[] {
  return [...findInCode(file, ANNOTATED)].flatMap(({ index, groups }) =>
    [...(groups?.['text'] ?? '').matchAll(PLACEHOLDER)].flatMap((match) =>
      toRead(match, evidenceAt(file, index, 'injected setting')),
    ),
  );
}

function findPlaceholders(settings: Settings): EnvRead[] {
  return [...settings.values()].flatMap(({ value, evidence }) =>
    [...value.matchAll(PLACEHOLDER)].flatMap((match) => toRead(match, evidence)),
  );
}

function toRead(match: RegExpExecArray, evidence: EnvRead['evidence']): EnvRead[] {
  const { name, rest } = match.groups ?? {};
  return name === undefined ? [] : [{ name, required: rest === undefined, evidence }];
}
