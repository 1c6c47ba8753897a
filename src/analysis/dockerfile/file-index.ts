// Answers questions about the listed files quickly: the list is sorted, so that a prefix is a binary search.
import { posix } from 'node:path';
import { parseDockerfileName } from './dockerfile-names.ts';

/** What is asked of the list of files. */
export interface FileIndex {
  /** Whether a file, a folder, or something that the pattern's beginning matches, is listed. */
  exists(path: string): boolean;
  hasFolder(path: string): boolean;
  /** Whether the folder itself holds more than Dockerfiles, ignore files, shell scripts and documentation. */
  hasSources(folder: string): boolean;
  /** Whether the folder itself holds a manifest of some language. */
  hasManifest(folder: string): boolean;
}

const BESIDE = /^(?:\.dockerignore|\.gitignore|.*\.(?:sh|md|conf|ya?ml|env|txt))$|^\.env/i;
const MANIFEST =
  /^(?:package\.json|pyproject\.toml|requirements.*\.txt|setup\.py|Pipfile|go\.mod|pom\.xml|build\.gradle(?:\.kts)?|Cargo\.toml|Gemfile|composer\.json|mix\.exs|deno\.jsonc?|index\.html|.*\.csproj|.*\.fsproj|build\.sbt|project\.clj|deps\.edn|Package\.swift|pubspec\.yaml)$/i;

/** An index of `files`, sorted by code unit. */
export function createFileIndex(files: readonly string[]): FileIndex {
  const listed = new Set(files);
  const startsWith = (prefix: string): boolean =>
    files[lowerBound(files, prefix)]?.startsWith(prefix) === true;
  const hasFolder = (path: string): boolean => path === '.' || startsWith(`${trimSlash(path)}/`);
  const namesIn = (folder: string): string[] => listFolder(files, folder);
  return {
    hasFolder,
    exists(path) {
      const wild = path.search(/[*?[]/);
      if (wild !== -1) return startsWith(path.slice(0, wild).replace(/^\.\//, ''));
      const normal = trimSlash(posix.normalize(path));
      return !normal.startsWith('..') && (listed.has(normal) || hasFolder(normal));
    },
    hasSources: (folder) => namesIn(folder).some((name) => !BESIDE.test(name) && !parseDockerfileName(name)),
    hasManifest: (folder) => namesIn(folder).some((name) => MANIFEST.test(name)),
  };
}

function listFolder(files: readonly string[], folder: string): string[] {
  const prefix = folder === '.' ? '' : `${folder}/`;
  const names: string[] = [];
  for (let at = lowerBound(files, prefix); at < files.length; at++) {
    const file = files[at] ?? '';
    if (!file.startsWith(prefix)) break;
    const rest = file.slice(prefix.length);
    names.push(rest.includes('/') ? rest.slice(0, rest.indexOf('/')) : rest);
  }
  return names;
}

function lowerBound(files: readonly string[], text: string): number {
  let low = 0;
  let high = files.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((files[middle] ?? '') < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

function trimSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
