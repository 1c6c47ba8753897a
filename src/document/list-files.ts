// Which files of a folder are manifests, in an order that does not depend on the machine.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dirent } from 'node:fs';
import { compareText } from '../api/compare-text.ts';
import { DorguError } from '../api/errors.ts';
import { MAX_FILES, MAX_FOLDER_DEPTH } from './limits.ts';

/** What a folder holds. */
export interface FolderListing {
  /** Absolute paths of *.yaml, *.yml and *.json. */
  files: string[];
  /** Absolute paths of kustomization files. */
  kustomizations: string[];
  /** Folders with manifests that were not entered. */
  foldersNotEntered: string[];
  /** Folders that hold a Chart.yaml. */
  charts: string[];
}

const MANIFEST = /\.(?:ya?ml|json)$/i;
const KUSTOMIZATION = /^(?:kustomization\.ya?ml|Kustomization)$/;

/** Whether a file of this name tells kustomize what to build. */
export function isKustomization(name: string): boolean {
  return KUSTOMIZATION.test(name);
}

/** Lists a folder; with `isRecursive` those below it, too, except hidden ones and node_modules. Links to folders are not followed. */
export async function listFolder(
  folder: string,
  { isRecursive, signal }: { isRecursive: boolean; signal: AbortSignal | undefined },
): Promise<FolderListing> {
  const listing: FolderListing = { files: [], kustomizations: [], foldersNotEntered: [], charts: [] };
  await visit(folder, 0);
  return listing;

  async function visit(path: string, depth: number): Promise<void> {
    signal?.throwIfAborted();
    const entries = (await readdir(path, { withFileTypes: true })).sort((a, b) =>
      compareText(a.name, b.name),
    );
    for (const entry of entries) {
      const below = join(path, entry.name);
      if (entry.isDirectory()) await visitFolder(below, entry.name, depth + 1);
      else if (await isFile(entry, below)) sortIn(listing, path, entry.name);
    }
  }

  async function visitFolder(path: string, name: string, depth: number): Promise<void> {
    if (name.startsWith('.') || name === 'node_modules' || depth > MAX_FOLDER_DEPTH) return;
    if (isRecursive) await visit(path, depth);
    else if ((await readdir(path)).some((child) => MANIFEST.test(child)))
      listing.foldersNotEntered.push(path);
  }
}

function sortIn(listing: FolderListing, folder: string, name: string): void {
  const path = join(folder, name);
  if (name === 'Chart.yaml') listing.charts.push(folder);
  else if (isKustomization(name)) listing.kustomizations.push(path);
  else if (MANIFEST.test(name) && !name.startsWith('.')) listing.files.push(path);
  if (listing.files.length <= MAX_FILES) return;
  throw new DorguError(
    'ManifestTooLarge',
    `expected at most ${MAX_FILES} files of manifests, found more in ${folder}`,
    {
      hint: 'name the folders that hold manifests',
    },
  );
}

async function isFile(entry: Dirent, path: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isFile();
  // A link that leads nowhere is no manifest.
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}
