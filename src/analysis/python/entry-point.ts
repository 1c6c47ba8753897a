// What starts a Python component: its main file, its application object, its WSGI module.
import { posix } from 'node:path';
import type { Evidence } from '../../application/fact.ts';
import { evidenceAt, findInCode, relativeTo, type CodeFile } from '../code/code-file.ts';

/** Files that are started by name, in the order in which platforms look for them. */
export const MAIN_FILES: readonly string[] = [
  'main.py',
  'app.py',
  'start.py',
  'bot.py',
  'hello.py',
  'server.py',
  'application.py',
  'run.py',
  'wsgi.py',
  'index.py',
];

const MAIN_GUARD = /^if[ \t]{1,4}__name__[ \t]{0,4}==[ \t]{0,4}["']__main__["']/m;
const ASGI =
  /^(?<name>[A-Za-z_]\w{0,60})(?:[ \t]{0,4},[ \t]{0,4}\w{1,40})?(?:[ \t]{0,4}:[ \t]{0,4}[\w.]{1,60})?[ \t]{0,4}=[ \t]{0,4}(?:[\w.]{1,40}\.)?(?<maker>FastAPI|Starlette|FastHTML|fast_app|Litestar|Quart|Flask|Connexion\w{0,10}|APIFlask|OpenAPI|Dash|Falcon|BlackSheep|Application)\(/gm;

/** A module-level application object, as servers import it: `app.main:app`. */
export interface ApplicationObject {
  /** Dotted module from the component's folder. */
  module: string;
  name: string;
  /** What makes it: `FastAPI`, `Flask` … */
  maker: string;
  file: CodeFile;
  evidence: Evidence;
}

/** The application object nearest to the component's root. */
export function findApplicationObject(
  files: readonly CodeFile[],
  dir: string,
  makers: RegExp,
): ApplicationObject | undefined {
  const found = files.flatMap((file) =>
    [...findInCode(file, ASGI)].flatMap((match) => {
      const { name = '', maker = '' } = match.groups ?? {};
      if (!makers.test(maker)) return [];
      const evidence = evidenceAt(file, match.index, `${name} is a ${maker} application`);
      return [{ module: toModule(relativeTo(file.path, dir)), name, maker, file, evidence }];
    }),
  );
  return found.sort((a, b) => rankPath(a.file.path) - rankPath(b.file.path))[0];
}

const WSGI_CALLABLE = /^def \w{1,60}\([ \t]{0,4}environ[ \t]{0,4},[ \t]{0,4}start_response[ \t]{0,4}\)/m;

/** A bare WSGI application in the folder itself, which a server such as gunicorn is given. */
export function findWsgiCallable(files: readonly CodeFile[], dir: string): Evidence | undefined {
  for (const file of files) {
    const match = relativeTo(file.path, dir).includes('/') ? null : WSGI_CALLABLE.exec(file.code);
    if (match) return evidenceAt(file, match.index, 'a WSGI application');
  }
  return undefined;
}

/** The file that `python <file>` starts, and its evidence; by name in the folder first, then the only file that is made to be run. */
export function findMainFile(
  files: readonly CodeFile[],
  dir: string,
): { path: string; evidence: Evidence } | undefined {
  const inside = files.map((file) => ({ file, path: relativeTo(file.path, dir) }));
  for (const name of MAIN_FILES) {
    const named = inside.find(({ path }) => path === name);
    if (named && named.file.code.trim() !== '')
      return { path: name, evidence: { file: named.file.path, reason: `${name} is the main file` } };
  }
  const guarded = inside.filter(
    ({ path, file }) => path !== 'setup.py' && path !== 'manage.py' && MAIN_GUARD.test(file.text),
  );
  const shallow = guarded.filter(({ path }) => !path.includes('/'));
  const [only] =
    shallow.length === 1 ? shallow : guarded.filter(({ path }) => MAIN_FILES.includes(posix.basename(path)));
  if (!only) return undefined;
  return { path: only.path, evidence: guardEvidence(only.file) };
}

/** `package/__main__.py`: what `python -m package` starts. */
export function findMainPackage(
  files: readonly CodeFile[],
  dir: string,
): { module: string; evidence: Evidence } | undefined {
  const found = files.find((file) => /^(?:src\/)?[\w-]+\/__main__\.py$/.test(relativeTo(file.path, dir)));
  if (!found) return undefined;
  const module = posix.basename(posix.dirname(found.path));
  return { module, evidence: { file: found.path, reason: `python -m ${module} starts it` } };
}

/** The module of Django's WSGI_APPLICATION, without its `.application`. */
export function findWsgiModule(
  files: readonly CodeFile[],
): { module: string; evidence: Evidence } | undefined {
  const pattern = /\bWSGI_APPLICATION\s{0,4}=\s{0,4}["']([\w.]{1,200})\.application["']/g;
  for (const file of files)
    for (const match of findInCode(file, pattern))
      if (match[1] !== undefined)
        return { module: match[1], evidence: evidenceAt(file, match.index, `WSGI application ${match[1]}`) };
  return undefined;
}

/** Whether a file runs something when it is started. */
export function hasMainGuard(file: CodeFile): boolean {
  return MAIN_GUARD.test(file.text);
}

function guardEvidence(file: CodeFile): Evidence {
  return evidenceAt(file, MAIN_GUARD.exec(file.text)?.index ?? 0, 'made to be run');
}

function toModule(path: string): string {
  return path
    .replace(/\.py$/, '')
    .replace(/\/__init__$/, '')
    .replace(/^src\//, '')
    .replaceAll('/', '.');
}

const rankPath = (path: string) =>
  path.split('/').length * 10 + (/(?:^|\/)(?:main|app)\.py$/.test(path) ? 0 : 1);
