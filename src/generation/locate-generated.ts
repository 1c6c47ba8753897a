// Finds the application that a generated file belongs to, and how it was generated, from what the last run kept.
import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { DorguError } from '../api/errors.ts';
import { BASE_DIRECTORY, listBase } from '../output/plan-files.ts';

/** A generated file. */
export interface LocatedFile {
  /** The application's absolute folder. */
  directory: string;
  /** Relative to it, `/` separators. */
  path: string;
  /** What the last run was told, as far as its files show: as flags of generate. */
  flags: Readonly<Record<string, unknown>>;
}

/** More folders than this are above no file. */
const maxDepth = 64;

/**
 * Walks up from an absolute path to the folder whose last run wrote the file.
 * @throws DorguError NotFound (notFound) where there is no file, NotGenerated (invalid) where no run wrote it
 */
export function locateGenerated(file: string): LocatedFile {
  if (!existsSync(file) && !isKept(file))
    throw new DorguError('NotFound', `there is no file ${file}`, {
      hint: 'kubectl dorgu generate writes the manifests of an application',
    });
  for (let directory = dirname(file), depth = 0; depth < maxDepth; depth += 1) {
    const path = relative(directory, file).split(sep).join('/');
    if (isFile(join(directory, BASE_DIRECTORY, path)))
      return { directory, path, flags: inferFlags(directory) };
    if (dirname(directory) === directory) break;
    directory = dirname(directory);
  }
  throw new DorguError('NotGenerated', `${file} was not written by generate`, {
    hint: 'name a file that generate wrote: kubectl dorgu generate --dry-run lists them',
  });
}

/** A person may have deleted it. */
function isKept(file: string): boolean {
  for (let directory = dirname(file), depth = 0; depth < maxDepth; depth += 1) {
    if (isFile(join(directory, BASE_DIRECTORY, relative(directory, file)))) return true;
    if (dirname(directory) === directory) return false;
    directory = dirname(directory);
  }
  return false;
}

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** Marks of each format, the outermost of which is the root of the output folder. */
const marks: readonly (readonly [name: string, format: string])[] = [
  ['Chart.yaml', 'helm'],
  ['kustomization.yaml', 'kustomize'],
  ['00-namespace.yaml', 'plain'],
];

function inferFlags(directory: string): Record<string, unknown> {
  const paths = listBase(directory);
  for (const [name, format] of marks) {
    const found = paths
      .filter((path) => path.endsWith(`/${name}`))
      .sort((left, right) => left.length - right.length)[0];
    if (found === undefined) continue;
    const outputDir = found.slice(0, -name.length - 1);
    return {
      ...(format === 'kustomize' ? {} : { format }),
      ...(outputDir === 'k8s' ? {} : { 'output-dir': outputDir }),
    };
  }
  return {};
}
