// What is shared while the files of one compose project are read: bases of paths, variables without value, notes.
import type { Note } from '../../application/application.ts';
import type { SourceTree } from '../source-tree.ts';
import { createComposeError, showText } from './compose-error.ts';
import type { Variables } from './interpolate.ts';
import type { ComposeNode, Place } from './node.ts';
import { resolveInRoot } from './path-in-root.ts';

/** More files than this in one project are refused. */
export const MAX_COMPOSE_FILES = 64;
/** All the files of one project together, aliases counted each time. */
const MAX_PROJECT_NODES = 300_000;

/** State of one reading. */
export interface LoadContext {
  readonly tree: SourceTree;
  /** Values that overrule every .env. */
  readonly environment: Variables;
  /** By file, the folder that its relative paths start from. */
  readonly bases: Map<string, string>;
  /** Files read, in order. */
  readonly files: string[];
  /** Variables without value: where each appeared first. */
  readonly missing: Map<string, { place: Place; isDemanded: boolean }>;
  readonly notes: Note[];
  nodeCount: number;
}

/** An empty context. */
export function createLoadContext(tree: SourceTree, environment: Variables): LoadContext {
  return {
    tree,
    environment,
    bases: new Map(),
    files: [],
    missing: new Map(),
    notes: [],
    nodeCount: 0,
  };
}

/** Registers a file before it is read. Throws where there are too many. */
export function registerFile(context: LoadContext, file: string, base: string, place: Place): void {
  if (!context.bases.has(file)) context.bases.set(file, base);
  if (!context.files.includes(file)) context.files.push(file);
  if (context.files.length > MAX_COMPOSE_FILES) {
    throw createComposeError('ComposeTooLarge', place, `more than ${MAX_COMPOSE_FILES} compose files`);
  }
}

/** Counts values read, so that files that include each other a thousand times end. */
export function countNode(context: LoadContext, place: Place): void {
  context.nodeCount++;
  if (context.nodeCount <= MAX_PROJECT_NODES) return;
  throw createComposeError(
    'ComposeTooLarge',
    place,
    `more than ${MAX_PROJECT_NODES} values in all the compose files together`,
  );
}

/** Resolves a path that a node holds, from the folder of the file that the node stands in. */
export function resolvePath(context: LoadContext, node: ComposeNode, path: string, what: string): string {
  return resolveInRoot(context.tree, context.bases.get(node.place.file) ?? '.', path, what, node.place);
}

/** The text of a compose file. Throws where it is absent or cannot be read. */
export function readComposeText(context: LoadContext, file: string, what: string, place: Place): string {
  const text = context.tree.read(file);
  if (text !== undefined) return text;
  const found = context.tree.has(file) ? 'one that is not text or over 1 MiB' : 'none';
  throw createComposeError(
    'ComposeFileMissing',
    place,
    `${what}: expected the file ${showText(file)}, found ${found}`,
    'Name a file that is there, relative to the compose file.',
  );
}
