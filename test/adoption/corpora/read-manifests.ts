// Collects the Kubernetes manifests of checked-out repositories: plain YAML, one namespace a folder.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { fieldAt, fieldsOf, listOf, textOf } from '../../../src/api/foreign-fields.ts';

const kinds: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'CronJob',
  'Job',
  'Service',
  'Ingress',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
]);

const maxBytes = 1024 * 1024;
const skipped: ReadonlySet<string> = new Set(['.git', 'node_modules', 'templates']);

/** The objects of one folder. */
export interface ManifestFolder {
  /** Relative to the corpora, `/` separators. */
  path: string;
  objects: Record<string, unknown>[];
}

/** Folders with at least one workload, by path; of a kind and name the first counts. Text that is no YAML (templates) is passed over. */
export function readManifests(corpora: string): ManifestFolder[] {
  const folders: ManifestFolder[] = [];
  const walk = (directory: string) => {
    const entries = readdirSync(directory, { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    );
    const files = entries.filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name));
    const objects = unique(files.flatMap((entry) => readFile(join(directory, entry.name))));
    if (objects.some(hasPods))
      folders.push({ path: relative(corpora, directory).split(sep).join('/'), objects });
    for (const entry of entries)
      if (entry.isDirectory() && !skipped.has(entry.name)) walk(join(directory, entry.name));
  };
  walk(corpora);
  return folders;
}

function readFile(path: string): Record<string, unknown>[] {
  if (statSync(path).size > maxBytes) return [];
  const text = readFileSync(path, 'utf8');
  if (!text.includes('apiVersion') || text.includes('{{')) return [];
  try {
    return parseAllDocuments(text)
      .filter((document) => document.errors.length === 0)
      .flatMap((document): unknown[] => {
        const value: unknown = document.toJS({ maxAliasCount: 100 });
        return fieldAt(value, 'kind') === 'List' ? [...listOf(fieldAt(value, 'items'))] : [value];
      })
      .filter(
        (value) =>
          kinds.has(textOf(fieldAt(value, 'kind'))) && textOf(fieldAt(value, 'metadata', 'name')) !== '',
      )
      .map((value) => ({ ...fieldsOf(value) }));
  } catch {
    // A template or a patch in another language: not ours to read.
    return [];
  }
}

function hasPods(object: Record<string, unknown>): boolean {
  const template = fieldAt(object, 'spec', 'template') ?? fieldAt(object, 'spec', 'jobTemplate');
  return typeof template === 'object' && template !== null;
}

function unique(objects: readonly Record<string, unknown>[]): Record<string, unknown>[] {
  const byName = new Map<string, Record<string, unknown>>();
  for (const object of objects) {
    const key = `${textOf(object['kind'])}/${textOf(fieldAt(object, 'metadata', 'name'))}`;
    if (!byName.has(key)) byName.set(key, object);
  }
  return [...byName.values()];
}
