// NestJS: the paths of controllers' GET handlers, with the global prefix.
import { evidenceAt, findInCode, type CodeFile } from '../code/code-file.ts';
import { joinRoute, type Route } from '../code/probe-claims.ts';
import { healthRoleOf } from '../health-paths.ts';

const CONTROLLER = /@Controller\(\s{0,8}(?:["'`]([^"'`\n$]{0,100})["'`])?\s{0,8}(\{[^{}]{0,200}\})?/g;
const HANDLER = /@Get\(\s{0,8}(?:["'`]([^"'`\n$]{0,100})["'`])?\s{0,8}\)/g;

/** Routes of every controller that could be probes. With URI versioning the paths are not known, and none is claimed. */
export function findNestRoutes(files: readonly CodeFile[]): Route[] {
  const controllers = files.filter((file) => file.code.includes('@Controller('));
  if (controllers.length === 0) return [];
  if (files.some((file) => /\benableVersioning\(/.test(file.code))) return [];
  const prefix = globalPrefix(files);
  if (prefix === undefined) return [];
  return [...controllers.flatMap((file) => controllerRoutes(file, prefix)), ...prometheusRoutes(files)];
}

interface GlobalPrefix {
  path: string;
  excluded: string;
}

function globalPrefix(files: readonly CodeFile[]): GlobalPrefix | undefined {
  for (const file of files) {
    const match = /\.setGlobalPrefix\(\s{0,8}(?:["'`]([^"'`\n$]{0,100})["'`])?([^;]{0,300})/.exec(file.text);
    if (!match) continue;
    return match[1] === undefined ? undefined : { path: match[1], excluded: match[2] ?? '' };
  }
  return { path: '', excluded: '' };
}

function controllerRoutes(file: CodeFile, prefix: GlobalPrefix): Route[] {
  const controllers = [...findInCode(file, CONTROLLER)];
  return [...findInCode(file, HANDLER)].flatMap((handler) => {
    const controller = controllers.filter(({ index }) => index < handler.index).at(-1);
    const base = controller && baseOf(controller);
    if (base === undefined) return [];
    const own = joinRoute(base, handler[1] ?? '');
    const path = isExcluded(own, prefix) ? own : joinRoute(prefix.path, own);
    return healthRoleOf(path) === undefined
      ? []
      : [{ path, evidence: evidenceAt(file, handler.index, `answers ${path}`) }];
  });
}

// A controller with `path` in an object; with `version` or a name instead of a literal nothing is known.
function baseOf([, literal, options]: RegExpExecArray): string | undefined {
  if (options === undefined) return literal ?? '';
  if (/\bversion\b/.test(options)) return undefined;
  return /\bpath\s{0,4}:\s{0,4}["'`]([^"'`\n$]{0,100})["'`]/.exec(options)?.[1];
}

function isExcluded(path: string, { excluded }: GlobalPrefix): boolean {
  const bare = path.slice(1);
  return excluded.includes(`'${bare}'`) || excluded.includes(`"${bare}"`) || excluded.includes(`'${path}'`);
}

function prometheusRoutes(files: readonly CodeFile[]): Route[] {
  return files.flatMap((file) =>
    [...findInCode(file, /\bPrometheusModule\.register\(\s{0,8}\)/g)].map((match) => ({
      path: '/metrics',
      evidence: evidenceAt(file, match.index, 'PrometheusModule serves /metrics'),
    })),
  );
}
