// Builds the files of a run with what earlier runs left on disk: digests that the workflow pinned, files that a person deleted.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Application } from '../application/application.ts';
import { buildManifests, type ManifestResult } from '../manifests/build.ts';
import type { ManifestOptions } from '../manifests/options.ts';
import { readPinnedDigests } from '../manifests/pinned-digests.ts';
import { listBase } from '../output/plan-files.ts';

/** The result with the pins that are on disk: the workflow writes them into files of ours between two runs. */
export function buildWithPins(
  application: Application,
  options: ManifestOptions,
  directory: string,
): ManifestResult {
  const result = buildManifests(application, options);
  const pins = readPins(directory);
  if (pins.size === 0) return result;
  const components = new Map(options.components);
  for (const [component, name] of result.names) {
    const pinnedDigest = pins.get(name);
    if (pinnedDigest !== undefined) components.set(component, { ...components.get(component), pinnedDigest });
  }
  return buildManifests(application, { ...options, components });
}

function readPins(directory: string): Map<string, string> {
  const pins = new Map<string, string>();
  for (const path of listBase(directory)) {
    if (!path.endsWith('.yaml')) continue;
    for (const [name, digest] of readPinnedDigests(readIfThere(join(directory, path))))
      pins.set(name, digest);
  }
  return pins;
}

function readIfThere(path: string): string {
  try {
    return statSync(path).isFile() ? readFileSync(path, 'utf8') : '';
  } catch {
    return '';
  }
}
