// What a service mounts: named volumes are data, files are files, source code is for development only, tmpfs is temporary.
import { posix } from 'node:path';
import type { VolumeFact } from '../../application/component.ts';
import { parseByteSize } from './amounts.ts';
import { readMount, type Mount } from './mount.ts';
import { readMountedText } from './mounted-text.ts';
import { isIncomplete, itemsOf, textOf } from './node.ts';
import { addNote, createEvidence, valueAt, type ServiceReader } from './service-reader.ts';

/** A folder with more files is no folder of settings. */
const MAX_SETTINGS = 50;

/** Volumes of a service and, where its source is mounted into it, the folder of the source. */
export interface ReadVolumes {
  volumes: VolumeFact[];
  sourceFolder?: string;
}

/** Reads `volumes` and `tmpfs`; of several mounts on one path the last one counts. `context` is the build's, if it is built. */
export function readVolumes(reader: ServiceReader, context: string | undefined): ReadVolumes {
  const byPath = new Map<string, VolumeFact>();
  let sourceFolder: string | undefined;
  for (const node of itemsOf(valueAt(reader, 'volumes'))) {
    const mount = readMount(reader, node);
    if (mount === undefined) continue;
    const read = readOne(reader, mount, context);
    sourceFolder ??= read.sourceFolder;
    for (const volume of read.volumes ?? []) byPath.set(volume.path, volume);
  }
  for (const volume of readTmpfs(reader)) byPath.set(volume.path, volume);
  return { volumes: [...byPath.values()], ...(sourceFolder !== undefined && { sourceFolder }) };
}

interface ReadMount {
  volumes?: VolumeFact[];
  sourceFolder?: string;
}

function readOne(reader: ServiceReader, mount: Mount, context: string | undefined): ReadMount {
  switch (mount.type) {
    case 'tmpfs':
      return { volumes: [toVolume(mount, 'temporary', 'compose mounts a tmpfs')] };
    case 'volume':
      return readNamed(reader, mount);
    case 'bind':
      return readBind(reader, mount, context);
    case 'other':
      addNote(
        reader,
        'unmapped',
        `volumes: ${mount.target} is a mount of a kind that pods do not have`,
        mount.node,
      );
      return {};
  }
}

function toVolume(mount: Mount, kind: VolumeFact['kind'], reason: string, source?: string): VolumeFact {
  return {
    path: mount.target,
    kind,
    ...(source !== undefined && { source }),
    ...(mount.isReadOnly && { readOnly: true }),
    ...(mount.sizeBytes !== undefined && { sizeBytes: mount.sizeBytes }),
    evidence: [createEvidence(mount.node, reason)],
  };
}

// `/app/node_modules` keeps a bind mount from hiding what the image holds there.
function readNamed(reader: ServiceReader, mount: Mount): ReadMount {
  if (/\/(?:node_modules|vendor|\.venv|venv|target|\.next|dist)$/.test(mount.target)) {
    addNote(
      reader,
      'unmapped',
      `volumes: ${mount.target} is for development only; the image holds it`,
      mount.node,
    );
    return {};
  }
  return { volumes: [toVolume(mount, 'data', 'compose mounts a volume', mount.source)] };
}

function readBind(reader: ServiceReader, mount: Mount, context: string | undefined): ReadMount {
  const path = toLocalPath(reader, mount);
  if (path === undefined) return readHostPath(reader, mount);
  const { tree } = reader.context;
  const isFile = tree.has(path);
  const prefix = path === '.' ? '' : `${path}/`;
  const files = isFile ? [path] : tree.files.filter((file) => file.startsWith(prefix));
  if (files.length === 0) {
    addNote(
      reader,
      'advice',
      `volumes: ${mount.target} lies in a folder of the host; it becomes a volume`,
      mount.node,
    );
    return { volumes: [toVolume(mount, 'data', 'compose mounts a folder that the application fills')] };
  }
  const isSetting = isFile
    ? context === undefined || !isSourceFile(path)
    : files.length <= MAX_SETTINGS && isConfiguration(mount, path, context);
  if (isSetting) return { volumes: files.map((file) => toFileVolume(reader, mount, path, file)) };
  addNote(
    reader,
    'unmapped',
    `volumes: ${path} on ${mount.target} is source for development only; the image holds it`,
    mount.node,
  );
  return isFile ? {} : { sourceFolder: path };
}

// Each file of a folder is mounted by itself, beside those that the image has there.
function toFileVolume(reader: ServiceReader, mount: Mount, path: string, file: string): VolumeFact {
  const target =
    file === path ? mount.target : posix.join(mount.target, path === '.' ? file : file.slice(path.length));
  const content = readMountedText(reader.context.tree, file);
  const reason = `compose mounts ${path}`;
  return {
    ...toVolume({ ...mount, target, isReadOnly: true }, 'file', reason, file),
    ...(content !== undefined && { content }),
  };
}

// A file that the image is built from, mounted over itself to see changes at once.
function isSourceFile(path: string): boolean {
  const name = posix.basename(path);
  return (
    /\.(?:[cm]?[jt]sx?|py|rb|go|rs|php|java|kt|cs|ex|exs|vue|svelte|css|scss|html?|lock)$/.test(name) ||
    /^(?:package(?:-lock)?|tsconfig|composer)\.json$|^(?:go\.(?:mod|sum)|requirements.*\.txt|pyproject\.toml|Gemfile|Cargo\.toml|pnpm-lock\.yaml)$/.test(
      name,
    )
  );
}

// A few files beside the source, mounted read-only or where settings are, are settings.
function isConfiguration(mount: Mount, path: string, context: string | undefined): boolean {
  const isOfEtc = /^\/etc(?:\/|$)/.test(mount.target);
  if (context !== undefined && isBelow(context, path)) return false;
  if (context !== undefined && context !== '.' && isBelow(path, context) && !isOfEtc) return false;
  return isOfEtc || mount.isReadOnly || /\/docker-entrypoint|conf/.test(mount.target);
}

function isBelow(path: string, folder: string): boolean {
  return folder === '.' || path === folder || path.startsWith(`${folder}/`);
}

// Undefined for paths of the host, for those that leave the application, and where a variable has no value.
function toLocalPath(reader: ServiceReader, mount: Mount): string | undefined {
  const source = (mount.source ?? '').replaceAll('\\', '/');
  if (source === '' || isIncomplete(mount.node) || /^(?:[/~]|[A-Za-z]:)/.test(source)) return undefined;
  const base = reader.context.bases.get(mount.node.place.file) ?? '.';
  const joined = posix.normalize(posix.join(base, source));
  const path = joined.length > 1 && joined.endsWith('/') ? joined.slice(0, -1) : joined;
  return path === '..' || path.startsWith('../') ? undefined : path;
}

function readHostPath(reader: ServiceReader, mount: Mount): ReadMount {
  const isOfHost =
    /^\/(?:var\/run|run|proc|sys|dev|etc|lib|usr|boot|tmp\/\.X11-unix|var\/log|var\/lib\/docker)(?:\/|$)|^\/$/.test(
      mount.source ?? '',
    );
  if (isOfHost) {
    addNote(
      reader,
      'unmapped',
      `volumes: ${mount.target} belongs to the host, which a pod may not mount`,
      mount.node,
    );
    return {};
  }
  addNote(
    reader,
    'advice',
    `volumes: ${mount.target} lies outside of the application; it becomes a volume`,
    mount.node,
  );
  return { volumes: [toVolume(mount, 'data', 'compose mounts a folder of the host')] };
}

function readTmpfs(reader: ServiceReader): VolumeFact[] {
  return itemsOf(valueAt(reader, 'tmpfs')).flatMap((node) => {
    const [path = '', settings = ''] = (textOf(node) ?? '').split(':');
    if (path === '') return [];
    const size = parseByteSize(/(?:^|,)size=([\w.]+)/.exec(settings)?.[1] ?? '');
    const volume: VolumeFact = {
      path,
      kind: 'temporary',
      ...(size !== undefined && size > 0 && { sizeBytes: size }),
      evidence: [createEvidence(node, 'compose mounts a tmpfs')],
    };
    return [volume];
  });
}
