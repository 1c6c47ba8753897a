// The examples, generated into temporary copies, for tests that apply them.
import { cpSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runHere } from '../commands/command-line.ts';

const examples = resolve(import.meta.dirname, '../../examples');

/** Names of the examples, sorted. */
export const exampleNames: readonly string[] = readdirSync(examples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** Left behind in a checkout by the quickstart or by a build; not part of an example. */
const LEFT_BEHIND = /\/(k8s|argocd|\.dorgu|\.github|target|node_modules|__pycache__|\.venv|PERSONA\.md)$/;

/** Copies an example to `directory`, which must not exist. */
export function copyExample(name: string, directory: string): void {
  cpSync(join(examples, name), directory, { recursive: true, filter: (path) => !LEFT_BEHIND.test(path) });
}

/** Copies an example and generates for it; returns how to apply the result. */
export async function generateExample(
  name: string,
  directory: string,
  flags: { format: 'kustomize' | 'plain'; namespace?: string },
): Promise<string[]> {
  copyExample(name, directory);
  const namespace = flags.namespace === undefined ? [] : ['-n', flags.namespace];
  const { code, stderr } = await runHere(['generate', directory, '--format', flags.format, ...namespace]);
  if (code !== 0) throw new Error(`generate ${name} ended with ${code}:\n${stderr}`);
  const folder = join(directory, 'k8s');
  return flags.format === 'kustomize' ? ['-k', folder] : ['-R', '-f', folder];
}
