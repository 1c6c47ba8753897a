// Files as text: YAML that holds the objects it is said to hold, also for readers of YAML 1.1, as kubectl is one.
import { parse, parseAllDocuments } from 'yaml';
import type { CheckedFile, Finding } from './finding.ts';
import { fieldAt, listOf, textOf } from '../api/foreign-fields.ts';
import { reportFor } from './finding.ts';

/** Findings about the text of one file; prose and examples are not read. Read as kubectl reads: `yes` is true to YAML 1.1. */
export function checkText(file: CheckedFile): Finding[] {
  if (file.isTemplate === true || !/\.ya?ml$/.test(file.path)) return [];
  const report = reportFor(file.path);
  const { values, error } = readDocuments(file.content);
  if (error !== undefined) return [report('', 'the file is no YAML', 'YAML', error)];
  if (file.objects.length === 0 || JSON.stringify(values) === JSON.stringify(file.objects)) return [];
  return [report('', 'the text does not hold its objects', 'the objects that were checked', 'others')];
}

function readDocuments(text: string): { values: unknown[]; error?: string } {
  const documents = parseAllDocuments(text, { version: '1.1', merge: false, resolveKnownTags: false });
  if (!Array.isArray(documents)) return { values: [] };
  const error = documents.flatMap(({ errors }) => errors)[0];
  if (error) return { values: [], error: error.message };
  return { values: documents.map((document) => document.toJS() as unknown) };
}

/** Every file and folder that a kustomization names is among the files. */
export function checkKustomizations(files: readonly CheckedFile[]): Finding[] {
  const paths = new Set(files.map(({ path }) => path));
  return files.flatMap((file) => {
    if (!file.path.endsWith('/kustomization.yaml')) return [];
    const folder = file.path.slice(0, file.path.lastIndexOf('/'));
    const resources = listOf(fieldAt(readYaml(file.content), 'resources'));
    const report = reportFor(file.path);
    return resources.flatMap((entry, index) => {
      const target = `${folder}/${textOf(entry)}`;
      if (paths.has(target) || paths.has(`${target}/kustomization.yaml`)) return [];
      return [
        report(
          `resources[${index}]`,
          'the kustomization names what is not there',
          'a file or folder beside it',
          entry,
        ),
      ];
    });
  });
}

/** A file's value; nothing for what checkText refuses. */
function readYaml(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}
