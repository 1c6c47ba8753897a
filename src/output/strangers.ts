// Manifests in the output folder that generate did not write: a command for the whole folder applies them too.
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { compareText } from '../api/compare-text.ts';
import { listBase } from './plan-files.ts';

/** What `kubectl apply -R -f` reads. */
const manifest = /\.(ya?ml|json)$/;

/** Paths below `folder` (relative to the application, `/` separators, sorted) that are neither `planned` nor of an earlier run; none where there is no folder. */
export function listStrangers(root: string, folder: string, planned: Iterable<string>): string[] {
  const ours = new Set([...planned, ...listBase(root)]);
  return listFiles(join(root, folder))
    .map((path) => relative(root, path).split(sep).join('/'))
    .filter((path) => manifest.test(path) && !ours.has(path))
    .sort(compareText);
}

function listFiles(directory: string): string[] {
  try {
    return readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
