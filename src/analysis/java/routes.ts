// The literal routes that Java and Kotlin source serves: Spring, Micronaut and JAX-RS annotations, and the routers of small frameworks.
import { findClosing, pickArgument, readString, splitArguments } from '../code/arguments.ts';
import { evidenceAt, findInCode, type CodeFile } from '../code/code-file.ts';
import { joinRoute, type Route } from '../code/probe-claims.ts';

const MAPPED = /@(?<kind>GetMapping|RequestMapping|Get|Path)\b(?<open>\(?)/g;
const CLASS = /\b(?:class|interface|object)\s{1,4}[A-Za-z_]\w{0,100}/g;
const CALLED = /(?:^|[^\w@])(?<callee>(?:[\w]{1,40}\.)?(?:get|path|GET))\(\s{0,8}"(?<path>\/[^"\n]{0,100})"/g;
const NESTED = /(?:^|[^\w@.])(?<callee>route|path)\(\s{0,8}"(?<path>\/?[^"\n]{0,100})"[^)\n]{0,60}[){,]/g;
const SERVLET = /@WebServlet\(\s{0,8}(?:\w{1,20}\s{0,4}=\s{0,4})?\{?\s{0,8}"(?<path>\/[^"\n]{0,100})"/g;
const ROUTERS = /\b(?:ktor|javalin|vertx|spark|helidon|ratpack|http4k|RouterFunction)\b/i;

/** All literal GET routes, behind the prefix that the whole application is served under. */
export function findJavaRoutes(files: readonly CodeFile[], prefix: string): Route[] {
  return files.flatMap((file) => [
    ...findAnnotated(file, prefix),
    ...(ROUTERS.test(file.code) ? findCalled(file) : []),
    ...[...findInCode(file, SERVLET)].map(({ index, groups }) =>
      toRoute(file, index, joinRoute(prefix, groups?.['path'] ?? '')),
    ),
  ]);
}

function toRoute(file: CodeFile, offset: number, path: string): Route {
  return { path, evidence: evidenceAt(file, offset, `serves ${path}`) };
}

/** More nested groups in one file than this are not looked into. */
const MAX_NESTS = 200;

interface Mapping {
  index: number;
  kind: string;
  path: string;
  isGet: boolean;
}

function findAnnotated(file: CodeFile, prefix: string): Route[] {
  const classes = [...findInCode(file, CLASS)].map(({ index }) => index);
  const mappings = [...findInCode(file, MAPPED)].flatMap((match) => readMapping(file, match));
  const isClientOnly =
    /@(?:FeignClient|RegisterRestClient|HttpExchange)\b/.test(file.code) || /@Client\(/.test(file.code);
  if (isClientOnly) return [];
  const prefixes = [...mappings, ...findControllers(file)].filter(
    ({ index, kind }) => kind !== 'GetMapping' && isOnClass(file, index),
  );
  return mappings.flatMap((mapping) => {
    // An annotation that stands on a class is the prefix of what is inside.
    if (isOnClass(file, mapping.index)) return [];
    const owner = classes.filter((index) => index < mapping.index).at(-1);
    if (owner === undefined || !mapping.isGet) return [];
    // The annotations between the class before and this class are this class's.
    const from = classes.filter((index) => index < owner).at(-1) ?? -1;
    const outer = prefixes.filter(({ index }) => index > from && index < owner);
    const path = joinRoute(prefix, ...outer.slice(-1).map((one) => one.path), mapping.path);
    return [toRoute(file, mapping.index, path)];
  });
}

function findControllers(file: CodeFile): Mapping[] {
  return [...findInCode(file, /@(?:Controller|ApplicationPath)\(/g)].map((match) => {
    const [argument] = splitArguments(file, match.index + match[0].length - 1);
    return {
      index: match.index,
      kind: 'Controller',
      path: readString(argument?.text ?? '') ?? '',
      isGet: false,
    };
  });
}

// Nothing but annotations and modifiers between it and the class.
function isOnClass(file: CodeFile, index: number): boolean {
  const open = file.code.slice(index, index + 60).search(/[({\s]/);
  const from = file.code[index + open] === '(' ? findClosing(file, index + open) + 1 : index + open;
  const after = file.code.slice(from, from + 600).replace(/@[\w.]{1,80}(?:\([^()]{0,300}\))?/g, ' ');
  return /^\s{0,400}(?:(?:public|private|protected|final|abstract|static|open|internal|data|sealed)\s{1,20}){0,5}(?:class|interface|object)\b/.test(
    after,
  );
}

function readMapping(file: CodeFile, match: RegExpExecArray): Mapping[] {
  const { kind = '', open } = match.groups ?? {};
  const found = open === '(' ? splitArguments(file, match.index + match[0].length - 1) : [];
  const text = pickArgument(found, ['value', 'path', 'uri'], 0)?.text;
  const path = text === undefined ? '' : readString(unwrapArray(text));
  if (path === undefined) return [];
  const isGet = !/POST|PUT|DELETE|PATCH/.test(pickArgument(found, ['method'])?.text ?? '');
  return [{ index: match.index, kind, path, isGet }];
}

// {"/a", "/b"}, ["/a"] and arrayOf("/a"): the first.
const unwrapArray = (text: string) =>
  text.replace(/^[{[]\s{0,20}|^arrayOf\(|\s{0,20}[)}\]]$/g, '').split(',')[0] ?? '';

function findCalled(file: CodeFile): Route[] {
  const nests = [...findInCode(file, NESTED)].slice(0, MAX_NESTS).flatMap((match) => {
    const open = file.code.indexOf('(', match.index);
    const closed = findClosing(file, open);
    const brace = file.code.slice(closed, closed + 4).indexOf('{');
    const to = brace === -1 ? closed : findClosing(file, closed + brace);
    return to === -1 ? [] : [{ from: open, to, prefix: match.groups?.['path'] ?? '' }];
  });
  return [...findInCode(file, CALLED)].flatMap((match) => {
    const at = match.index + match[0].length;
    const outer = nests
      .filter(({ from, to }) => from < match.index && at < to && !overlaps(from, match))
      .map((nest) => nest.prefix);
    return [toRoute(file, match.index, joinRoute(...outer, match.groups?.['path'] ?? ''))];
  });
}

const overlaps = (from: number, match: RegExpExecArray) =>
  from >= match.index && from < match.index + match[0].length;
