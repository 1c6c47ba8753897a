// Where Python components begin: folders with a manifest and something to run, Django projects, and lone main files.
import { posix } from 'node:path';
import { compareText } from '../../api/compare-text.ts';
import { joinPath, readCodeFile, relativeTo } from '../code/code-file.ts';
import { pythonSelection } from '../python/dialect.ts';
import { hasMainGuard, MAIN_FILES } from '../python/entry-point.ts';
import type { SourceTree } from '../source-tree.ts';
import type { Root, RootFinder } from './root.ts';

const MANIFEST =
  /^(?:pyproject\.toml|Pipfile|setup\.py|setup\.cfg|environment\.yml|requirements[\w.-]{0,40}\.(?:txt|in))$/;
const NO_APPLICATION = /(?:^|\/)(?:tests?|docs?|examples?|scripts|\.github|requirements|benchmarks?)(?:\/|$)/;
const SERVES =
  /\b(?:FastAPI|Flask|Starlette|FastHTML|fast_app|Litestar|Quart|Sanic|Celery|Bottle|Dash|make_app|run_app|uvicorn\.run|HTTPServer|add_insecure_port)\(|\bimport streamlit\b|\bimport gradio\b|^def \w{1,60}\([ \t]{0,4}environ[ \t]{0,4},[ \t]{0,4}start_response[ \t]{0,4}\)/m;
/** A folder with more Python files is not searched to its end. */
const MAX_SEARCHED = 200;

/** Python's roots. */
export const pythonRoots: RootFinder = { name: 'python', find: findPythonRoots };

function findPythonRoots(tree: SourceTree): Root[] {
  const folders = new Map<string, string>();
  for (const file of tree.files) {
    const name = posix.basename(file);
    const dir = posix.dirname(file);
    if (NO_APPLICATION.test(dir)) continue;
    const isSign = MANIFEST.test(name) || name === 'manage.py' || MAIN_FILES.includes(name);
    if (isSign && rank(name) > rank(posix.basename(folders.get(dir) ?? ''))) folders.set(dir, file);
  }
  const roots = [...folders].flatMap(([dir, file]) => toRoot(tree, dir, file, folders));
  const found = roots.length > 0 ? roots : findLoneFile(tree);
  return found.sort((a, b) => compareText(a.dir, b.dir));
}

function rank(name: string): number {
  if (MANIFEST.test(name)) return 3;
  if (name === 'manage.py') return 2;
  return name === '' ? 0 : 1;
}

function toRoot(tree: SourceTree, dir: string, sign: string, folders: ReadonlyMap<string, string>): Root[] {
  const name = posix.basename(sign);
  const isManifest = MANIFEST.test(name);
  // A main file below a folder that has a manifest belongs to that folder.
  if (!isManifest && name !== 'manage.py' && hasOuter(dir, folders)) return [];
  if (!isManifest && dir !== '.' && MAIN_FILES.includes(name) && !isRunnable(tree, sign)) return [];
  const reason = isRunnableFolder(tree, dir);
  return reason === undefined ? [] : [{ dir, evidence: { file: sign, reason } }];
}

function hasOuter(dir: string, folders: ReadonlyMap<string, string>): boolean {
  for (let outer = dir; outer !== '.';) {
    outer = posix.dirname(outer);
    if (folders.has(outer)) return true;
  }
  return false;
}

// Why a folder is more than a library, or undefined.
function isRunnableFolder(tree: SourceTree, dir: string): string | undefined {
  for (const name of ['manage.py', ...MAIN_FILES])
    if (tree.has(joinPath(dir, name))) return `${name} can be started`;
  if (tree.has(joinPath(dir, 'Procfile'))) return 'its Procfile says how to start it';
  const manifest = tree.read(joinPath(dir, 'pyproject.toml')) ?? tree.read(joinPath(dir, 'setup.py')) ?? '';
  if (
    /^\[(?:project\.scripts|tool\.poetry\.scripts)\]/m.test(manifest) ||
    manifest.includes('console_scripts')
  )
    return 'its manifest defines a command';
  const below = tree.files.filter(
    (file) => file.endsWith('.py') && (dir === '.' || file.startsWith(`${dir}/`)),
  );
  const own = below
    .filter((file) => !pythonSelection.isLeftOut(relativeTo(file, dir)))
    .slice(0, MAX_SEARCHED);
  const file = own.find(
    (one) => posix.basename(one) !== 'setup.py' && (one.endsWith('/__main__.py') || isRunnable(tree, one)),
  );
  return file === undefined ? undefined : `${relativeTo(file, dir)} can be started`;
}

function isRunnable(tree: SourceTree, path: string): boolean {
  const file = readCodeFile(tree, path, 'python');
  return file !== undefined && (hasMainGuard(file) || SERVES.test(file.code));
}

// A tree without any sign: the one file in its root that is made to be run.
function findLoneFile(tree: SourceTree): Root[] {
  const own = tree.files.filter((file) => !file.includes('/') && file.endsWith('.py'));
  const [file, more] = own.filter((one) => isRunnable(tree, one));
  if (file === undefined || more !== undefined) return [];
  return [{ dir: '.', evidence: { file, reason: 'made to be run' } }];
}
