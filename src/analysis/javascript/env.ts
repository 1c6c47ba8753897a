// Finds the variables that JavaScript reads, with whether anything stands in for them.
import { CONFIDENCE } from '../../application/fact.ts';
import { isSecret } from '../../application/secret-names.ts';
import type { EnvFact } from '../../application/component.ts';
import type { Scope } from '../analyser.ts';
import { evidenceAt, findInCode, joinPath, type CodeFile } from '../code/code-file.ts';
import { claimEnv, type EnvRead } from '../code/env-claims.ts';
import { splitArguments } from '../code/arguments.ts';
import { EXAMPLE_ENV_FILES, parseEnvFile } from '../env-file.ts';
import type { KnownValue, KnownValues } from './listeners.ts';

const MEMBER =
  /\b(?:process|Bun)\.env(?:\.([A-Za-z_]\w{0,119})|\[\s{0,4}["'`]([A-Za-z_]\w{0,119})["'`]\s{0,4}\])/g;
const CALL =
  /\b(?:env|env\.get|[cC]onfigService\.(?:get|getOrThrow)|this\.config(?:Service)?\.(?:get|getOrThrow)|env\.(?:int|bool|string|array|json))(?:<[^<>\n]{1,40}>)?\(\s{0,8}["']([A-Z][A-Z0-9_]{1,119})["']\s{0,4}([,)])/g;
const DESTRUCTURED = /\{([^{}]{1,2000})\}\s{0,8}=\s{0,8}(?:process|Bun)\.env\b(?!\.)/g;
const SCHEMA =
  /\b(?:cleanEnv\(|createEnv\(|[eE]nv\w{0,20}\s{0,4}=\s{0,4}(?:z|Joi|yup|v|t)\.\w{0,20}[oO]bject\w{0,4}\(|\bjoi\.object\()/g;

/** Every read of the environment in these files. NODE_ENV is the platform's, and left out. */
export function findEnvReads(files: readonly CodeFile[]): EnvRead[] {
  return files.flatMap((file) => [
    ...memberReads(file),
    ...callReads(file),
    ...destructuredReads(file),
    ...schemaReads(file),
  ]);
}

function memberReads(file: CodeFile): EnvRead[] {
  return [...findInCode(file, MEMBER)].flatMap((match) => {
    const name = match[1] ?? match[2] ?? '';
    const end = match.index + match[0].length;
    const after = file.code.slice(end, end + 80);
    if (/^\s*=(?![=>])/.test(after)) return [];
    return [
      {
        name,
        required: !isOptional(file, match.index, after),
        evidence: evidenceAt(file, match.index, `reads ${name}`),
      },
    ];
  });
}

// `x || y`, `x ?? y`, `x ? a : b`, `if (x)`, `!x`, `x === 'y'`, `...(x && …)`: absent is foreseen.
function isOptional(file: CodeFile, offset: number, after: string): boolean {
  if (/^\s*[!)]{0,4}\s*(?:as \w+\s*)?\)?\s*(?:\|\||\?\?|\?(?!\.)|&&|[!=]==?|\?\.)/.test(after)) return true;
  const before = file.code.slice(Math.max(0, offset - 40), offset);
  return /(?:\bif\s*\(\s*!?|!\s*|&&\s*|\bBoolean\(\s*|[!=]==?\s*)$/.test(before);
}

function callReads(file: CodeFile): EnvRead[] {
  return [...findInCode(file, CALL)].map((match) => {
    const name = match[1] ?? '';
    return { name, required: match[2] === ')', evidence: evidenceAt(file, match.index, `reads ${name}`) };
  });
}

function destructuredReads(file: CodeFile): EnvRead[] {
  return [...findInCode(file, DESTRUCTURED)].flatMap((match) =>
    (match[1] ?? '').split(',').flatMap((part) => {
      const one = /^\s*([A-Za-z_]\w{0,119})(?:\s*:\s*\w{1,119})?\s*(=)?/.exec(part);
      if (one?.[1] === undefined) return [];
      return [
        {
          name: one[1],
          required: one[2] === undefined,
          evidence: evidenceAt(file, match.index, `reads ${one[1]}`),
        },
      ];
    }),
  );
}

// zod, Joi, envalid, t3-env: the upper-case keys of the object, required unless they say otherwise.
function schemaReads(file: CodeFile): EnvRead[] {
  const found: EnvRead[] = [];
  for (const match of findInCode(file, SCHEMA)) {
    const open = match.index + match[0].length - 1;
    const span = splitArguments(file, open).find(({ text }) => text.startsWith('{'));
    if (!span) continue;
    for (const key of span.text.matchAll(
      /(?:^|[{,\n])\s*["']?([A-Z][A-Z0-9_]{1,119})["']?\s*:(?=([^\n]{0,200}))/g,
    )) {
      const [, name = '', line = ''] = key;
      const [rule = ''] = line.split(/,\s{0,8}["']?[A-Z][A-Z0-9_]{1,119}["']?\s{0,8}:/, 1);
      const required = !/\b(?:optional|default|devDefault|nullish|nullable)\b/.test(rule);
      found.push({
        name,
        required,
        evidence: evidenceAt(
          file,
          span.offset + key.index + key[0].indexOf(name),
          `the environment's schema names ${name}`,
        ),
      });
    }
  }
  return found;
}

/** Variables of source and example files; an example's value is kept for settings only. */
export function claimJavascriptEnv(scope: Scope, files: readonly CodeFile[]): EnvFact[] {
  const reads = findEnvReads(files).filter(({ name }) => name !== 'NODE_ENV' && !name.startsWith('npm_'));
  return [...claimEnv(reads), ...exampleEnv(scope)];
}

function exampleEnv({ tree, dir }: Scope): EnvFact[] {
  const file = EXAMPLE_ENV_FILES.map((name) => joinPath(dir, name)).find((path) => tree.has(path));
  if (file === undefined) return [];
  const lines = parseEnvFile(tree.read(file) ?? '').filter(({ name }) => name !== 'NODE_ENV');
  return lines.slice(0, 300).map(({ name, value, line }) => {
    const kind = isSecret(name, value) ? 'secret' : 'config';
    return {
      name,
      kind,
      required: false,
      ...(kind === 'config' && value !== '' && { value }),
      evidence: [{ file, line, reason: `the example names ${name}` }],
    };
  });
}

/** What variables that move a port are set to: the image, compose, then .env files, by their PORT-like names only. */
export function collectKnownValues(scope: Scope): KnownValues {
  const known = new Map<string, KnownValue>();
  for (const name of ['.env', '.env.production', ...EXAMPLE_ENV_FILES])
    for (const [variable, value] of readPortVariables(scope, name))
      if (!known.has(variable)) known.set(variable, value);
  const set = [...(scope.build?.env ?? []), ...(scope.service?.claims.environment ?? [])];
  for (const { value, confidence, evidence } of set)
    if (evidence[0]) known.set(value.name, { value: value.value, confidence, evidence: evidence[0] });
  return known;
}

function readPortVariables({ tree, dir }: Scope, name: string): [string, KnownValue][] {
  const file = joinPath(dir, name);
  if (!tree.has(file)) return [];
  return parseEnvFile(tree.read(file) ?? '')
    .filter((one) => one.name.includes('PORT') && /^\d{2,5}$/.test(one.value))
    .map(({ name: variable, value, line }) => [
      variable,
      { value, confidence: CONFIDENCE.example, evidence: { file, line, reason: `${variable} is ${value}` } },
    ]);
}
