// Opens a folder as a project of a language: finds its manifest, and the packages that this names.
import { posix } from 'node:path';
import type { Evidence } from '../../application/fact.ts';
import { joinPath, readCode, type CodeFile } from '../code/code-file.ts';
import type { Packages } from '../code/recognise.ts';
import { lineAt, type SourceTree } from '../source-tree.ts';
import type { Language } from './language.ts';
import type { Project, ReadFile } from './project.ts';

/** Where a folder lies, and the listed files below it. */
export interface Folder {
  readonly tree: SourceTree;
  readonly dir: string;
  readonly files: readonly string[];
}

/** A manifest that lies deeper below a component's folder than this is not looked for. */
const MAX_DEPTH = 3;
const MAX_MANIFESTS = 50;

/** Opens the folder as a project of the language, or undefined where it has neither a manifest nor a main file of it. */
export function openProject(language: Language, folder: Folder): Project | undefined {
  const manifests = findManifests(language, folder);
  const [first] = manifests;
  if (first === undefined) return openMain(language, folder);
  const projects = manifests.map((manifest) => createProject(language, folder, manifest, true));
  return projects.find((project) => language.runs(project) !== undefined) ?? projects[0];
}

function openMain(language: Language, folder: Folder): Project | undefined {
  const main = (language.mains ?? [])
    .map((name) => joinPath(folder.dir, name))
    .find((file) => folder.tree.has(file));
  return main === undefined ? undefined : createProject(language, folder, main, false);
}

// The shallowest first.
function findManifests({ manifests }: Language, { dir, files }: Folder): string[] {
  if (!manifests) return [];
  const base = dir === '.' ? 0 : dir.split('/').length;
  const depthOf = (file: string) => file.split('/').length - base;
  return files
    .filter((file) => manifests.test(posix.basename(file)) && depthOf(file) <= MAX_DEPTH)
    .sort((a, b) => depthOf(a) - depthOf(b))
    .slice(0, MAX_MANIFESTS);
}

function createProject(language: Language, folder: Folder, sign: string, isManifest: boolean): Project {
  const { tree } = folder;
  const dir = isManifest ? posix.dirname(sign) : folder.dir;
  const files = dir === '.' ? folder.files : folder.files.filter((file) => file.startsWith(`${dir}/`));
  const text = isManifest ? tree.read(sign) : undefined;
  let code: CodeFile[] | undefined;
  return {
    tree,
    dir,
    files,
    ...(text !== undefined && { manifest: { file: sign, text } }),
    sign: { file: sign, reason: `a ${isManifest ? 'project' : 'program'} of ${language.name}` },
    packages: readPackages(language, sign, text ?? ''),
    get code() {
      return (code ??= readCode({ tree, dir, files }, language.selection));
    },
    read: (path) => readFile(tree, joinPath(dir, path)),
    has: (path) => tree.has(joinPath(dir, path)),
  };
}

function readPackages(language: Language, file: string, text: string): Packages {
  const packages = new Map<string, Evidence>();
  for (const { name, offset } of language.packages?.(text, file) ?? [])
    if (!packages.has(name))
      packages.set(name, { file, line: lineAt(text, offset), reason: `depends on ${name}` });
  return packages;
}

function readFile(tree: SourceTree, file: string): ReadFile | undefined {
  const text = tree.has(file) ? tree.read(file) : undefined;
  return text === undefined ? undefined : { file, text };
}
