// Where Go components begin: one a program, with the whole module as its source.
import { posix } from 'node:path';
import { compareText } from '../../api/compare-text.ts';
import { isHugoConfig } from '../go/hugo.ts';
import { findGoPrograms, findModuleDir, type GoProgram } from '../go/programs.ts';
import type { SourceTree } from '../source-tree.ts';
import type { Root, RootFinder } from './root.ts';

/** Programs that help to build or try the application, and are not part of it. */
const SIDE =
  /(?:^|\/)(?:hack|tools?|scripts?|examples?|tests?|docs?|internal|build|ci|_?samples?|gen|codegen|migrations?)(?:\/|$)/;
/** Programs that show how a library is used, or that it works: a module that has no others is a library. */
const SHOWN = /(?:^|\/)(?:_?examples?|_?samples?|docs?|tests?|testdata|bench(?:marks?)?|interop)(?:\/|$)/;
/** Folders by which several programs of one module stand side by side. */
const PROGRAM_FOLDERS = new Set(['cmd', 'apps', 'app', 'services', 'svc']);

/** Go's roots. */
export const goRoots: RootFinder = {
  name: 'go',
  find(tree) {
    const byModule = new Map<string, GoProgram[]>();
    const loose: GoProgram[] = [];
    for (const program of findGoPrograms(tree, tree.files)) {
      const module = findModuleDir(tree, program.dir);
      if (module === undefined) loose.push(program);
      else byModule.set(module, [...(byModule.get(module) ?? []), program]);
    }
    const isShown = (module: string) => byModule.has('.') && module !== '.' && SHOWN.test(module);
    const roots = [...byModule].flatMap(([module, programs]) =>
      isShown(module) ? [] : toRoots(module, programs),
    );
    return [...roots, ...loose.map(toLooseRoot), ...findHugo(tree)].sort((a, b) => compareText(a.dir, b.dir));
  },
};

function toRoots(module: string, programs: readonly GoProgram[]): Root[] {
  const known = programs.filter(({ dir }) => !SHOWN.test(inside(dir, module)));
  const own = known.filter(({ dir }) => !SIDE.test(inside(dir, module)));
  const [first, ...others] = own.length > 0 ? own : known;
  if (!first) return [];
  const main = [first, ...others].find(({ dir }) => dir === module);
  // One program, one in the module's root, or programs without a known layout: the module is the component.
  if (
    others.length === 0 ||
    main ||
    ![first, ...others].every(({ dir }) => isProgramFolder(inside(dir, module)))
  )
    return [{ dir: module, evidence: toEvidence(main ?? first) }];
  return [first, ...others].map((program) => ({
    dir: program.dir,
    sourceDirs: [module],
    name: nameOf(program.dir),
    evidence: toEvidence(program),
  }));
}

const inside = (dir: string, module: string) =>
  dir === module ? '.' : module === '.' ? dir : dir.slice(module.length + 1);

function isProgramFolder(dir: string): boolean {
  const parts = dir.split('/');
  return parts.length === 1 || parts.slice(0, -1).some((part) => PROGRAM_FOLDERS.has(part));
}

// services/billing/cmd is called billing.
function nameOf(dir: string): string {
  const parts = dir.split('/').filter((part) => part !== 'cmd' && part !== 'main' && part !== 'src');
  return parts.at(-1) ?? posix.basename(dir);
}

const toEvidence = ({ file, line }: GoProgram) => ({ file, line, reason: 'a Go program begins here' });

// Without a module the folder above `src` or `cmd` is the component.
function toLooseRoot(program: GoProgram): Root {
  const dir = program.dir.replace(/(?:^|\/)(?:src(?:\/main)?|cmd(?:\/[^/]+)?)$/, '');
  return { dir: dir === '' ? '.' : dir, evidence: toEvidence(program) };
}

// A Hugo site has no program in it, whether it is a Go module or not.
function findHugo(tree: SourceTree): Root[] {
  return tree.files
    .filter((file) => /(?:^|\/)(?:hugo|config)\.(?:toml|ya?ml|json)$/.test(file) && isHugoConfig(tree, file))
    .map((file) => ({
      dir: posix.dirname(file).replace(/(?:^|\/)config\/_default$/, '') || '.',
      evidence: { file, reason: "Hugo's configuration" },
    }));
}
