// How JavaScript and TypeScript define names and read the environment, as patterns for the port resolver.
import type { CodeFile, CodeSelection } from '../code/code-file.ts';
import { findInCode } from '../code/code-file.ts';
import { collectDefinitions, type Definition, type Definitions, type Dialect } from '../code/dialect.ts';

/** Which files are the application's own source: no tests, examples, declarations, bundles or tool settings. */
export const javascriptSelection: CodeSelection = {
  syntax: 'javascript',
  extensions: ['.js', '.mjs', '.cjs', '.ts', '.mts', '.cts', '.jsx', '.tsx', '/www'],
  isLeftOut: (path) =>
    /(?:^|\/)(?:tests?|__tests__|__mocks__|mocks?|specs?|e2e|cypress|playwright|fixtures?|examples?|docs|dist|build|out|coverage|vendor|public|static|\.github|\.storybook|stories|benchmarks?|migrations)\//i.test(
      path,
    ) ||
    /\.(?:test|spec|stories|story|d|min|bundle|e2e|e2e-spec|cy|config|conf)\.[cm]?[jt]sx?$/i.test(path) ||
    /(?:^|\/)(?:gulpfile|gruntfile|jest\.setup|karma\.conf|webpack[\w.-]*|rollup[\w.-]*|vite[\w.-]*)\.[cm]?[jt]s$/i.test(
      path,
    ),
};

const PORTISH = String.raw`[\w$]{0,30}[pP](?:ort|ORT)[\w$]{0,20}`;
// What stands before a name is looked at last: names are rare, and brackets and commas are not.
const NAME = String.raw`(?<![\w$.])(?<name>${PORTISH})`;
const KEY = String.raw`(?:["']|(?<![\w$"'.]))(?<name>${PORTISH})["']?(?=\s{0,4}:)(?<=[{,(]\s{0,200}["']?[\w$]{1,90}["']?)`;
const VALUE = String.raw`(?<value>(?:[^;\n]|\n\s{0,60}(?=\|\||\?\?|[?:.])){1,300})`;

/** Calls are not followed: their arguments are read in place (`normalizePort(process.env.PORT || '3000')`). */
export const javascriptDialect: Dialect = {
  definitions: [
    new RegExp(
      String.raw`\b(?:const|let|var)\s{1,8}(?<name>[A-Za-z_$][\w$]{0,60})(?:\s{0,4}:\s{0,4}[\w |<>[\]]{1,60})?\s{0,8}=(?![=>])\s{0,40}${VALUE}`,
      'g',
    ),
    // var a = 1, port = 3000
    new RegExp(
      String.raw`${NAME}(?=\s{0,4}=(?![=>]))(?<=,\s{0,40}[\w$]{1,90})\s{0,4}=\s{0,8}(?<value>[^,;\n)}]{1,200})`,
      'g',
    ),
    // PORT: z.coerce.number().default(3000)
    new RegExp(
      String.raw`${KEY}\s{0,4}:\s{0,8}[A-Za-z]{1,20}\.(?:[^,;\n]|\n\s{0,40}\.){1,200}?default\(\s{0,4}(?<value>[^)\n]{1,60})\)`,
      'g',
    ),
    // { port: process.env.PORT || 3000 }
    new RegExp(
      String.raw`${KEY}\s{0,4}:(?!\s{0,8}[A-Za-z]{1,20}\.[^,;\n]{1,200}default\()\s{0,8}(?<value>[^,;\n}]{1,200})`,
      'g',
    ),
    // this.port = port; Server.PORT = process.env.PORT
    new RegExp(String.raw`\.(?<name>${PORTISH})\s{0,4}=(?!=)\s{0,8}(?<value>[^;\n]{1,200})`, 'g'),
    // app.set('port', process.env.PORT || 3000)
    new RegExp(
      String.raw`\.set\(\s{0,8}["'](?<name>${PORTISH})["']\s{0,4},\s{0,8}(?<value>[^;\n]{1,200})`,
      'g',
    ),
    // function start(port = 3000)
    new RegExp(
      String.raw`${NAME}(?=\s{0,4}[:=])(?<=\(\s{0,20}[\w$]{1,90})\s{0,4}(?::\s{0,4}\w{1,20}\s{0,4})?=(?![=>])\s{0,4}(?<value>[^,)\n]{1,80})`,
      'g',
    ),
  ],
  environmentReads: [
    /\b(?:process|Bun|import\.meta)\.env\.(?<name>[A-Za-z_]\w{0,119})/g,
    /\b(?:process|Bun)\.env\[\s{0,4}["'`](?<name>[A-Za-z_]\w{0,119})["'`]/g,
    /\b(?:[eE]nv|env\.get|Deno\.env\.get|[cC]onfig\w{0,20}\.(?:get|getOrThrow)|env\.(?:int|string|number|port))(?:<[^<>\n]{1,40}>)?\(\s{0,8}["'](?<name>[A-Za-z_]\w{0,119})["']/g,
  ],
  functions: /(?!)/g,
};

/** Everything that the component's source defines. Radixes are taken out, so that `parseInt(x, 10) || 3000` is 3000. */
export function collectJavascriptDefinitions(files: readonly CodeFile[]): Definitions {
  const collected = collectDefinitions(files, javascriptDialect);
  const values = new Map<string, readonly Definition[]>();
  for (const [name, list] of collected.values)
    values.set(
      name,
      list.map((one) => ({ ...one, value: withoutRadix(one.value) })),
    );
  for (const file of files)
    for (const definition of destructured(file))
      values.set(definition.name, [...(values.get(definition.name) ?? []), definition]);
  return { ...collected, values };
}

/** An expression without radixes, with variables as calls that no definition can be taken for, and `app.get('port')` as the name that was set. */
export function withoutRadix(expression: string): string {
  return expression
    .replace(
      /\b(?:process|Bun)\.env(?:\.([A-Za-z_]\w{0,119})|\[\s{0,4}["'`]([A-Za-z_]\w{0,119})["'`]\s{0,4}\])/g,
      'env("$1$2")',
    )
    .replace(/,\s{0,4}10\s{0,4}\)/g, ')')
    .replace(/\b[\w.]{1,60}\.get\(\s{0,4}["']([\w.]{0,60}port)["']\s{0,4}\)/g, ' $1 ');
}

// const { PORT = 3000, HOST } = process.env
function destructured(file: CodeFile): (Definition & { name: string })[] {
  const found: (Definition & { name: string })[] = [];
  for (const match of findInCode(file, /\{([^{}]{1,2000})\}\s{0,8}=\s{0,8}(?:process|Bun)\.env\b(?!\.)/g)) {
    for (const part of (match[1] ?? '').split(',')) {
      const one = /^\s*(\w{1,119})(?:\s*:\s*(\w{1,119}))?(?:\s*=\s*(\S[^\n]*))?/.exec(part);
      if (one?.[1] === undefined) continue;
      const value = `process.env.${one[1]}${one[3] === undefined ? '' : ` || ${one[3]}`}`;
      found.push({ name: one[2] ?? one[1], file, offset: match.index, value });
    }
  }
  return found;
}
