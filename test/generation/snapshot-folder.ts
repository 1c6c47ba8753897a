// What a folder holds, as a value that two moments can be compared by.
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Every path below a folder with what it holds, sorted; files over 1 MiB by their size alone. */
export function snapshotFolder(directory: string): [string, string][] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .map((entry): [string, string] => {
      const path = join(entry.parentPath, entry.name);
      return [
        relative(directory, path),
        entry.isDirectory() ? '' : describeFile(path, entry.isSymbolicLink()),
      ];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function describeFile(path: string, isLink: boolean): string {
  if (isLink) return `-> ${readlinkSync(path)}`;
  const { size } = statSync(path);
  return size > 1024 * 1024 ? `${size} bytes` : readFileSync(path, 'utf8');
}
