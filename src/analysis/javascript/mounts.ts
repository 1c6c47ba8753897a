// Where routers are mounted: `app.use('/api', router)` in the same file or in the one that imports it.
import { findInCode, type CodeFile } from '../code/code-file.ts';
import { joinRoute } from '../code/probe-claims.ts';
import type { Scope } from '../analyser.ts';
import { resolveImport } from './reachable.ts';

/** Answers where a router's paths begin. */
export interface Mounts {
  /** Prefixes under which what is registered on `receiver` in this file is served; empty where that cannot be known. */
  prefixesOf(file: CodeFile, receiver: string): string[];
}

interface Mount {
  file: CodeFile;
  receiver: string;
  /** Undefined where the prefix is no literal. */
  prefix: string | undefined;
  /** The name that is mounted, or the import that stands in its place. */
  target: string;
}

const MAX_DEPTH = 4;
const MAX_PREFIXES = 5;
const MOUNT =
  /\b([A-Za-z_$][\w$]{0,60})\s{0,8}\.(?:use|route|mount|register)\(\s{0,40}(?:([^,()\n]{1,120}?)\s{0,8},\s{0,40})?(?:[\w$.]{1,60}\(?[\w$.,\s]{0,60}\)?\s{0,4},\s{0,40}){0,3}(?:require\(\s{0,4}["']([^"'\n]{1,200})["']\s{0,4}\)|([A-Za-z_$][\w$]{0,60})(?:\.(?:routes|middleware|default|router))?(?:\(\s{0,4}\w{0,40}\s{0,4}\))?)\s{0,8}(?:,\s{0,8}\{([^{}]{0,300})\}\s{0,8})?,?\s{0,8}\)/g;
const ROUTER = /\b(?:Router|express\.Router|new Router|new KoaRouter|new Hono|new Elysia|new OpenAPIHono)\b/;

/** Reads every mount of these files. */
export function createMounts(files: readonly CodeFile[], scope: Pick<Scope, 'dir'>): Mounts {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const mounts = files.flatMap((file) => readMounts(file));
  const resolve = (specifier: string, from: CodeFile) =>
    resolveImport(specifier, from.path, scope.dir, byPath);

  const walk = (file: CodeFile, receiver: string, depth: number): string[] => {
    if (depth > MAX_DEPTH) return [];
    const own = ownPrefix(file, receiver);
    if (own === undefined) return [];
    const here = mounts.filter(
      (one) => one.file === file && one.target === receiver && one.receiver !== receiver,
    );
    const importers =
      here.length > 0
        ? here
        : mounts.filter((one) => one.file !== file && importsFrom(one, resolve) === file);
    if (importers.length === 0) return isRouter(file, receiver) ? [] : [autoloadPrefix(file, receiver, own)];
    return importers
      .flatMap((one) =>
        one.prefix === undefined
          ? []
          : walk(one.file, one.receiver, depth + 1).map((outer) => joinRoute(outer, one.prefix ?? '', own)),
      )
      .slice(0, MAX_PREFIXES);
  };
  const known = new Map<string, string[]>();
  return {
    prefixesOf(file, receiver) {
      const key = `${file.path}\n${receiver}`;
      const prefixes = known.get(key) ?? [...new Set(walk(file, receiver, 0))];
      known.set(key, prefixes);
      return prefixes;
    },
  };
}

function readMounts(file: CodeFile): Mount[] {
  return [...findInCode(file, MOUNT)].map((match) => {
    const [, receiver = '', first, required, name, options] = match;
    const target = required === undefined ? (name ?? '') : `require:${required}`;
    return { file, receiver, target, prefix: readPrefix(first, options) };
  });
}

function readPrefix(first: string | undefined, options: string | undefined): string | undefined {
  const named = /\bprefix\s{0,4}:\s{0,4}(["'`])(\/[^"'`\n$]{0,100})\1/.exec(options ?? '');
  if (named) return named[2];
  if (/\bprefix\b/.test(options ?? '')) return undefined;
  if (first === undefined) return '';
  const literal = /^(["'`])([^"'`\n$]{0,100})\1$/.exec(first.trim());
  if (literal) return literal[2];
  // A middleware stands first: app.use(cors(), router). A name may hold a prefix.
  return /\(\)$/.test(first.trim()) ? '' : undefined;
}

function importsFrom(
  { file, target }: Mount,
  resolve: (specifier: string, from: CodeFile) => CodeFile | undefined,
): CodeFile | undefined {
  if (target.startsWith('require:')) return resolve(target.slice('require:'.length), file);
  const name = target.replaceAll('$', String.raw`\$`);
  const pattern = new RegExp(
    String.raw`\bimport\s{1,4}(?:\*\s{1,4}as\s{1,4})?[^;"'\n]{0,200}?\b${name}\b[^;"']{0,200}?\bfrom\s{0,4}["']([^"'\n]{1,200})["']|\b(?:const|let|var)\s{1,4}[^=;\n]{0,100}\b${name}\b[^=;\n]{0,100}=\s{0,4}(?:await\s{1,4})?(?:require|import)\(\s{0,4}["']([^"'\n]{1,200})["']`,
  );
  const match = pattern.exec(file.text);
  const specifier = match?.[1] ?? match?.[2];
  return specifier === undefined ? undefined : resolve(specifier, file);
}

function declarationOf(file: CodeFile, receiver: string): string | undefined {
  const name = receiver.replaceAll('$', String.raw`\$`);
  const match = new RegExp(
    String.raw`\b(?:const|let|var)\s{1,4}${name}\b[^=\n]{0,80}=\s{0,8}([^\n]{1,200})`,
  ).exec(file.text);
  return match?.[1];
}

// A router is nowhere until it is mounted; Hono and Elysia are applications too.
function isRouter(file: CodeFile, receiver: string): boolean {
  const declaration = declarationOf(file, receiver);
  if (declaration === undefined)
    return /^(?:router|routes?)$/i.test(receiver) && !/\b(?:function|=>)/.test(file.code);
  return ROUTER.test(declaration) && !/\b(?:Hono|OpenAPIHono|Elysia)\b/.test(declaration);
}

// new Router({ prefix: '/api' }), new Elysia({ prefix }), new Hono().basePath('/api'); undefined where it is no literal.
function ownPrefix(file: CodeFile, receiver: string): string | undefined {
  const declaration = declarationOf(file, receiver) ?? '';
  const match =
    /\bprefix\s{0,4}:\s{0,4}(?:(["'`])(\/[^"'`\n$]{0,100})\1)?|\.basePath\(\s{0,4}(?:(["'`])(\/[^"'`\n$]{0,100})\3)?/.exec(
      declaration,
    );
  return match ? (match[2] ?? match[4]) : '';
}

// @fastify/autoload serves routes/users/index.js below /users.
function autoloadPrefix(file: CodeFile, receiver: string, own: string): string {
  const folders = /(?:^|\/)routes\/((?:[\w-]{1,60}\/){1,4})[^/]{1,80}$/.exec(file.path)?.[1];
  return receiver === 'fastify' && folders !== undefined ? `/${folders.slice(0, -1)}${own}` : own;
}
