// Finds the compose files of an application with compose's own names and precedence; alternatives are named, never merged.
import { posix } from 'node:path';
import type { SourceTree } from '../source-tree.ts';
import type { Variables } from './interpolate.ts';

/** compose's own order. */
const MAIN = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'] as const;
const OVERRIDES = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
] as const;

/** Folders that hold an application's compose file where its root has none. */
const FOLDERS = ['docker', '.docker', 'deploy', 'deployment', 'compose', 'infra', 'ops'] as const;

const COMPOSE_LIKE = /^(?:docker-)?compose[\w.-]*\.ya?ml$/i;

/** The files to merge in order, and compose files beside them that are left alone. */
export interface ComposeFiles {
  files: string[];
  alternatives: string[];
}

/** Looks in the root, then in the folders where they are kept; undefined where there is none. */
export function findComposeFiles(tree: SourceTree, variables: Variables): ComposeFiles | undefined {
  const chosen = fromVariables(tree, variables) ?? fromFolder(tree, '.') ?? fromFolders(tree);
  if (chosen === undefined) return undefined;
  const folder = posix.dirname(chosen[0] ?? '.');
  const alternatives = tree.files.filter(
    (file) =>
      posix.dirname(file) === folder && COMPOSE_LIKE.test(posix.basename(file)) && !chosen.includes(file),
  );
  return { files: chosen, alternatives };
}

// COMPOSE_FILE in the project's .env names the files, as compose reads it.
function fromVariables(tree: SourceTree, variables: Variables): string[] | undefined {
  const listed = variables.get('COMPOSE_FILE');
  if (listed === undefined || listed === '') return undefined;
  const files = listed
    .split(variables.get('COMPOSE_PATH_SEPARATOR') ?? ':')
    .filter((file) => file !== '')
    .map((file) => posix.normalize(file));
  return files.length > 0 && files.every((file) => tree.has(file)) ? files : undefined;
}

function fromFolder(tree: SourceTree, folder: string): string[] | undefined {
  const main = firstOf(tree, folder, MAIN);
  if (main === undefined) return undefined;
  const override = firstOf(tree, folder, OVERRIDES);
  return override === undefined ? [main] : [main, override];
}

function fromFolders(tree: SourceTree): string[] | undefined {
  for (const folder of FOLDERS) {
    const found = fromFolder(tree, folder);
    if (found !== undefined) return found;
  }
  return undefined;
}

function firstOf(tree: SourceTree, folder: string, names: readonly string[]): string | undefined {
  return names.map((name) => posix.join(folder, name)).find((file) => tree.has(file));
}
