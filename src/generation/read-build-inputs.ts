// Reads from each component's folder what a Dockerfile for it is written from; nothing is executed.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { isOwnBuildFile } from '../analysis/own-build-files.ts';
import { fieldAt, fieldsOf } from '../api/foreign-fields.ts';
import type { Application } from '../application/application.ts';
import type { BuildInputs } from '../manifests/dockerfile/build-inputs.ts';

const maxManifestBytes = 1024 * 1024;

/** By component name. */
export function readBuildInputs(
  directory: string,
  { components }: Application,
): ReadonlyMap<string, BuildInputs> {
  return new Map(
    components
      .filter(({ kind }) => kind !== 'cli')
      .map(({ name, path }) => [name, readFolder(directory, path)]),
  );
}

function readFolder(directory: string, path: string): BuildInputs {
  const names = listNames(join(directory, path)).filter(
    (name) => !isOwnBuildFile(directory, posix.join(path, name)),
  );
  const entries = new Set(names);
  const manifest = entries.has('package.json')
    ? readManifest(join(directory, path, 'package.json'))
    : undefined;
  const scripts = new Set(Object.keys(fieldsOf(fieldAt(manifest, 'scripts'))));
  return { entries, scripts, isWorkspace: isWorkspace(directory, path, manifest) };
}

/** It names workspaces, or lies below a package that may. */
function isWorkspace(directory: string, path: string, manifest: unknown): boolean {
  if (fieldAt(manifest, 'workspaces') !== undefined) return true;
  const above = path === '.' ? [] : path.split('/').map((_, index, parts) => parts.slice(0, index).join('/'));
  return above.some((folder) => listNames(join(directory, folder)).includes('package.json'));
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readManifest(path: string): unknown {
  try {
    const stat = statSync(path);
    // A link may lead to a device, which has no size and no end.
    if (!stat.isFile() || stat.size > maxManifestBytes) return undefined;
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
