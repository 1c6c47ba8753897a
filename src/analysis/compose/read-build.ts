// Where a service's image is built from: context, Dockerfile, target, arguments; paths stay inside the application.
import { posix } from 'node:path';
import { isSecret } from '../../application/secret-names.ts';
import { resolvePath } from './load-context.ts';
import { entriesOf, isIncomplete, textOf, type ComposeNode } from './node.ts';
import { resolveInRoot } from './path-in-root.ts';
import type { ComposeService } from './service.ts';
import { addNote, valueAt, type ServiceReader } from './service-reader.ts';

/** What is built, or the folder of a source that has no Dockerfile here. */
export interface ReadBuild {
  build?: NonNullable<ComposeService['build']>;
  sourceFolder?: string;
  node?: ComposeNode;
}

const REMOTE = /^(?:https?|git|ssh):\/\/|^git@|^github\.com\/|\.git(?:#|$)/;

/** Reads `build`. Throws PathOutsideApplication; a Dockerfile that is not there is noted. */
export function readBuild(reader: ServiceReader): ReadBuild {
  const node = valueAt(reader, 'build');
  if (node?.kind !== 'mapping') return {};
  const context = readContext(reader, node);
  if (context === undefined) return { node };
  const isInline = valueAt(reader, 'build', 'dockerfile_inline') !== undefined;
  const dockerfile = isInline ? undefined : findDockerfile(reader, context);
  if (dockerfile === undefined) return { sourceFolder: context, node };
  const target = textOf(valueAt(reader, 'build', 'target')) ?? '';
  return { build: { context, dockerfile, ...(target !== '' && { target }), args: readArgs(reader) }, node };
}

function readContext(reader: ServiceReader, build: ComposeNode): string | undefined {
  const node = valueAt(reader, 'build', 'context') ?? build;
  const text = textOf(node) ?? '';
  if (isIncomplete(node) || REMOTE.test(text)) {
    addNote(reader, 'unmapped', 'build.context is not in this application', node);
    return undefined;
  }
  return resolvePath(reader.context, node, text || '.', `services.${reader.name}.build.context`);
}

function findDockerfile(reader: ServiceReader, context: string): string | undefined {
  const node = valueAt(reader, 'build', 'dockerfile') ?? valueAt(reader, 'build');
  const text = textOf(valueAt(reader, 'build', 'dockerfile')) ?? 'Dockerfile';
  if (node === undefined) return undefined;
  const path = resolveInRoot(
    reader.context.tree,
    context,
    text === '' ? 'Dockerfile' : text,
    `services.${reader.name}.build.dockerfile`,
    node.place,
  );
  if (reader.context.tree.has(path)) return path;
  addNote(
    reader,
    'missing',
    `build: ${posix.normalize(path)} is not there, so how its image is built is unknown`,
    node,
  );
  return undefined;
}

// Secrets among the arguments are left out: they would stand in the image's history too.
function readArgs(reader: ServiceReader): ReadonlyMap<string, string> {
  const args = new Map<string, string>();
  for (const [name, node] of entriesOf(valueAt(reader, 'build', 'args'))) {
    const value = textOf(node);
    if (value !== undefined && !isIncomplete(node) && !isSecret(name, value)) args.set(name, value);
  }
  return args;
}
