// Secrets and configs that are mounted into a service: a secret is only named, a config without one brings its text.
import { posix } from 'node:path';
import type { VolumeFact } from '../../application/component.ts';
import { resolvePath } from './load-context.ts';
import { isOpenText, readMountedText } from './mounted-text.ts';
import { entryOf, isIncomplete, itemsOf, textOf, type ComposeNode } from './node.ts';
import { createEvidence, valueAt, type ServiceReader } from './service-reader.ts';

/** Files of `secrets` and `configs` that are mounted into a service, by path. */
export function readMountedFiles(reader: ServiceReader, key: 'secrets' | 'configs'): VolumeFact[] {
  const byPath = new Map<string, VolumeFact>();
  for (const node of itemsOf(valueAt(reader, key))) {
    const volume = toVolume(reader, key, node);
    if (volume !== undefined) byPath.set(volume.path, volume);
  }
  return [...byPath.values()];
}

const SECTIONS = {
  secrets: { folder: '/run/secrets', word: 'secret' },
  configs: { folder: '/', word: 'config' },
} as const;

function toVolume(
  reader: ServiceReader,
  key: 'secrets' | 'configs',
  node: ComposeNode,
): VolumeFact | undefined {
  const name = textOf(node.kind === 'mapping' ? entryOf(node, 'source') : node);
  if (name === undefined || name === '') return undefined;
  const { folder, word } = SECTIONS[key];
  // An absolute target stands for itself.
  const path = posix.resolve(folder, textOf(entryOf(node, 'target')) ?? name);
  const content = key === 'configs' ? readConfig(reader, name) : undefined;
  return {
    path,
    kind: 'file',
    source: name,
    readOnly: true,
    ...(content !== undefined && { content }),
    evidence: [createEvidence(node, `compose mounts the ${word} ${name}`)],
  };
}

/** `content` of a config, or that of its file. */
function readConfig({ context, model }: ServiceReader, name: string): string | undefined {
  const config = entryOf(model, 'configs', name);
  const inline = entryOf(config, 'content');
  const text = textOf(inline);
  if (inline !== undefined && text !== undefined)
    return isIncomplete(inline) || !isOpenText(text) ? undefined : text;
  const file = entryOf(config, 'file');
  const path = textOf(file);
  if (file === undefined || path === undefined || path === '' || isIncomplete(file)) return undefined;
  return readMountedText(context.tree, resolvePath(context, file, path, `configs.${name}.file`));
}
